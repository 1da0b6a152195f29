using System.Text;

namespace GeoAlign.Testing;

/// <summary>A command line in words as a POSIX shell makes them, of what documentation uses: blanks, both quotes, comments.</summary>
public static class ShellWords
{
    /// <exception cref="FormatException">A quote is not closed.</exception>
    public static string[] Of(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        bool isOpen = false;
        char quote = '\0';
        foreach (char c in line)
        {
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else word.Append(c);
            }
            else if (c is '\'' or '"') (quote, isOpen) = (c, true);
            else if (c == '#' && !isOpen) break;
            else if (c != ' ') (_, isOpen) = (word.Append(c), true);
            else if (isOpen)
            {
                words.Add(word.ToString());
                (_, isOpen) = (word.Clear(), false);
            }
        }

        if (quote != '\0') throw new FormatException($"A quote is not closed: {line}");
        if (isOpen) words.Add(word.ToString());
        return [.. words];
    }
}
