using System.Globalization;

namespace GeoAlign.Models.Tests;

/// <summary>Names and shapes of a released checkpoint, one tensor per line: <c>name size size …</c>.</summary>
internal static class KeyList
{
    public static List<(string Name, IReadOnlyList<long> Shape)> Load(string name)
    {
        List<(string, IReadOnlyList<long>)> keys = [];
        foreach (string line in File.ReadLines(Repository.Fixture("models", "keys", name + ".txt")))
        {
            string[] words = line.Split(' ');
            keys.Add((words[0], [.. words[1..].Select(word => long.Parse(word, CultureInfo.InvariantCulture))]));
        }

        return keys;
    }
}
