using System.Text;

namespace GeoAlign.Models;

/// <summary>Unicode normalisation form C: equal texts get equal characters, composed where a composed character exists.</summary>
/// <remarks>The Unicode Standard, section 3.11: decompose, put marks in order of their class, compose. Time grows as n·log n at most.</remarks>
internal static class CanonicalComposition
{
    // No character below U+0300 decomposes without composing back, and none of them is a mark.
    private const char FirstThatMatters = '\u0300';

    /// <summary>The text in form C. A lone surrogate becomes U+FFFD.</summary>
    public static string Apply(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', (char)(FirstThatMatters - 1)) < 0) return text;

        CanonicalForms forms = CanonicalForms.Instance;
        List<int> points = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes()) forms.Decompose(rune.Value, points);
        byte[] classes = [.. points.Select(forms.ClassOf)];
        PutMarksInOrder(points, classes);
        int count = Compose(forms, points, classes);

        StringBuilder result = new(text.Length);
        Span<char> units = stackalloc char[2];
        for (int i = 0; i < count; i++) result.Append(units[..new Rune(points[i]).EncodeToUtf16(units)]);
        return result.ToString();
    }

    // Marks between two starters, by class; marks of one class keep their order.
    private static void PutMarksInOrder(List<int> points, byte[] classes)
    {
        for (int start = 0; start < classes.Length; start++)
        {
            if (classes[start] == 0) continue;
            int end = start;
            while (end < classes.Length && classes[end] != 0) end++;
            if (end - start > 1)
            {
                int[] order = [.. Enumerable.Range(start, end - start).OrderBy(i => classes[i])];
                (int[] sortedPoints, byte[] sortedClasses) = ([.. order.Select(i => points[i])], [.. order.Select(i => classes[i])]);
                for (int i = start; i < end; i++) (points[i], classes[i]) = (sortedPoints[i - start], sortedClasses[i - start]);
            }

            start = end;
        }
    }

    // A character joins the last starter unless one of its own class, or a starter, stands between. Returns the new length.
    private static int Compose(CanonicalForms forms, List<int> points, byte[] classes)
    {
        int starter = -1, written = 0;
        for (int i = 0; i < points.Count; i++)
        {
            bool reaches = starter >= 0 && (written - 1 == starter || classes[written - 1] < classes[i]);
            int composed = reaches ? forms.Compose(points[starter], points[i]) : 0;
            if (composed != 0)
            {
                points[starter] = composed;
                continue;
            }

            if (classes[i] == 0) starter = written;
            (points[written], classes[written]) = (points[i], classes[i]);
            written++;
        }

        return written;
    }
}
