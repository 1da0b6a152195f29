using System.CommandLine;

namespace GeoAlign.Terminal;

/// <summary>What a user types for a command.</summary>
public static class CommandName
{
    /// <summary>"geoalign convert": the program's name as its help shows it, and the names of the commands below it.</summary>
    public static string Of(Command command)
    {
        Stack<string> names = new();
        for (Symbol? at = command; at is Command step; at = at.Parents.FirstOrDefault()) names.Push(step is RootCommand root ? root.HelpName ?? root.Name : step.Name);
        return string.Join(' ', names);
    }
}
