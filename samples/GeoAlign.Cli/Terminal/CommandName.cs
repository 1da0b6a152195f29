using System.CommandLine;

namespace GeoAlign.Cli;

/// <summary>What a user types for a command.</summary>
internal static class CommandName
{
    public const string Program = "geoalign";

    /// <summary>"geoalign convert".</summary>
    public static string Of(Command command)
    {
        Stack<string> names = new();
        for (Symbol? at = command; at is Command and not RootCommand; at = at.Parents.FirstOrDefault()) names.Push(at.Name);
        return string.Join(' ', names.Prepend(Program));
    }
}
