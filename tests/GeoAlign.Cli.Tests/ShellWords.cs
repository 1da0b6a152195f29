using System.Text;

namespace GeoAlign.Cli.Tests;

/// <summary>A command line in words as a POSIX shell makes them, of what documentation uses: blanks, both quotes, comments.</summary>
internal static class ShellWords
{
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

        Assert.True(quote == '\0', $"a quote is not closed: {line}");
        if (isOpen) words.Add(word.ToString());
        return [.. words];
    }
}
