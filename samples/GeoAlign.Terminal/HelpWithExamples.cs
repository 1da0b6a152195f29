using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GeoAlign.Terminal;

/// <summary>The usual help, then the command's examples; for the program itself also the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Replaces the help of a program.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        ShortenThoseBelow(command);
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (command is IHasExamples { Examples: { Count: > 0 } examples })
        {
            output.WriteLine("Examples:");
            foreach (Example example in examples)
            {
                output.WriteLine($"  {CommandName.Of(command)} {example.Arguments}");
                output.WriteLine($"      {example.Purpose}");
            }

            output.WriteLine();
        }

        if (command is RootCommand)
        {
            output.WriteLine("Exit codes:");
            output.WriteLine($"  {ExitCodes.Done} done, {ExitCodes.Failed} bad input or failure, {ExitCodes.Usage} the command line cannot be understood, {ExitCodes.InPart} done in part, {ExitCodes.Stopped} stopped by Ctrl-C");
            output.WriteLine($"  {ErrorLine.TraceVariable}=1 adds the stack trace to an error.");
            output.WriteLine();
        }

        return code;
    }

    // The list of subcommands shows the first line of each; the rest stands in the subcommand's own help.
    private static void ShortenThoseBelow(Command command)
    {
        foreach (Command below in command.Subcommands) below.Description = below.Description?.Split('\n')[0].Trim();
    }
}
