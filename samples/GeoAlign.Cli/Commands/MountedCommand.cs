using System.CommandLine;
using System.CommandLine.Help;

namespace GeoAlign.Cli;

/// <summary>A program of its own as a subcommand of this one.</summary>
internal static class MountedCommand
{
    /// <summary>The same options, arguments, subcommands and action under another name; help and version are this program's.</summary>
    public static Command Of(string name, Command program)
    {
        Command mounted = new(name, program.Description) { Action = program.Action, TreatUnmatchedTokensAsErrors = program.TreatUnmatchedTokensAsErrors };
        foreach (Argument argument in program.Arguments) mounted.Arguments.Add(argument);
        foreach (Option option in program.Options.Where(o => o is not HelpOption and not VersionOption)) mounted.Options.Add(option);
        foreach (Command subcommand in program.Subcommands) mounted.Subcommands.Add(subcommand);
        foreach (var validator in program.Validators) mounted.Validators.Add(validator);
        return mounted;
    }
}
