using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GeoAlign.Cli;

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
        int code = parseResult.CommandResult.Command is RootCommand root ? InvokeOfProgram(parseResult, root) : usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case RootCommand:
                output.WriteLine("Exit codes:");
                output.WriteLine($"  {ExitCodes.Done} done, {ExitCodes.Failed} bad input or failure, {ExitCodes.Usage} the command line cannot be understood, {ExitCodes.Stopped} stopped by Ctrl-C");
                output.WriteLine($"  {ErrorLine.TraceVariable}=1 adds the stack trace to an error.");
                output.WriteLine();
                break;
            case ToolCommand { Examples.Count: > 0 } command:
                output.WriteLine("Examples:");
                foreach (Example example in command.Examples)
                {
                    output.WriteLine($"  {CommandName.Program} {example.Line}");
                    output.WriteLine($"      {example.Purpose}");
                }

                output.WriteLine();
                break;
        }

        return code;
    }

    // The list of commands shows the first line of each; the rest stands in the command's own help.
    private int InvokeOfProgram(ParseResult parseResult, RootCommand root)
    {
        foreach (Command command in root.Subcommands) command.Description = command.Description?.Split('\n')[0].Trim();
        return usual.Invoke(parseResult);
    }
}
