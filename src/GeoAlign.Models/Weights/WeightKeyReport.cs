using System.Text;

namespace GeoAlign.Models;

/// <summary>How the keys of a weight file fit those of a network.</summary>
/// <param name="Matching">Keys in both, with equal shapes: the ones that are loaded.</param>
/// <param name="Missing">Keys of the network that the file lacks.</param>
/// <param name="Unused">Keys of the file that the network lacks.</param>
/// <param name="Misshapen">Keys in both whose shapes differ.</param>
public sealed record WeightKeyReport(
    IReadOnlyList<string> Matching, IReadOnlyList<string> Missing, IReadOnlyList<string> Unused, IReadOnlyList<MisshapenWeight> Misshapen)
{
    private const int MostNamesShown = 5;

    /// <summary>Every difference in a line of its own: which tensor, where it is stored, the shape expected and the one found.</summary>
    public IReadOnlyList<string> Differences { get; private init; } = [];

    /// <summary>Compares a file with the shapes a network wants.</summary>
    public static WeightKeyReport Compare(
        IReadOnlyDictionary<string, IReadOnlyList<long>> expected, IReadOnlyDictionary<string, WeightEntry> found)
    {
        List<string> matching = [], missing = [], unused = [], differences = [];
        List<MisshapenWeight> misshapen = [];
        foreach ((string name, IReadOnlyList<long> shape) in expected)
        {
            if (!found.TryGetValue(name, out WeightEntry? entry))
            {
                missing.Add(name);
                differences.Add($"{name}: expected {WeightEntry.Format(shape)}, found none");
            }
            else if (!entry.Shape.SequenceEqual(shape))
            {
                misshapen.Add(new MisshapenWeight(name, shape, entry.Shape));
                differences.Add($"{name}{entry.Origin}: expected {WeightEntry.Format(shape)}, found {WeightEntry.Format(entry.Shape)}");
            }
            else
            {
                matching.Add(name);
            }
        }

        foreach ((string name, WeightEntry entry) in found)
        {
            if (expected.ContainsKey(name)) continue;
            unused.Add(name);
            differences.Add($"{name}{entry.Origin}: expected none, found {WeightEntry.Format(entry.Shape)}");
        }

        return new WeightKeyReport(matching, missing, unused, misshapen) { Differences = differences };
    }

    /// <summary>Throws one exception with everything that is not tolerated; a wrong shape never is.</summary>
    /// <exception cref="WeightMismatchException">Something does not fit.</exception>
    public WeightKeyReport Require(string path, KeyTolerance tolerance)
    {
        StringBuilder text = new();
        if (Misshapen.Count > 0) text.Append(Line($"{Misshapen.Count} of another shape", Misshapen.Select(m => m.ToString())));
        if (Missing.Count > 0 && !tolerance.HasFlag(KeyTolerance.Missing)) text.Append(Line($"{Missing.Count} missing", Missing));
        if (Unused.Count > 0 && !tolerance.HasFlag(KeyTolerance.Unused))
            text.Append(Line($"{Unused.Count} unknown to the network", Unused));
        return text.Length == 0 ? this : throw new WeightMismatchException(path, text.ToString().TrimStart(' ', ';'), this);
    }

    private static string Line(string what, IEnumerable<string> names)
    {
        string[] all = [.. names];
        string shown = string.Join(", ", all.Take(MostNamesShown));
        return $"; {what}: {shown}{(all.Length > MostNamesShown ? ", …" : "")}";
    }
}
