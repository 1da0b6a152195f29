using System.Text.RegularExpressions;

namespace GeoAlign.Terminal;

/// <summary>The parser's messages name types of the language; a user reads what was expected.</summary>
internal static partial class ExpectedType
{
    public static string InWords(string message) => TypeNote().Replace(message, note => note.Groups[1].Value switch
    {
        var type when type.Contains("Double", StringComparison.Ordinal) => ", expected a number",
        var type when type.Contains("Int", StringComparison.Ordinal) => ", expected a whole number",
        _ => "",
    });

    [GeneratedRegex(@" as expected type '([^']+)'")]
    private static partial Regex TypeNote();
}
