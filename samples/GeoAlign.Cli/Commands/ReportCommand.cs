using System.CommandLine;
using GeoAlign.Evaluate;
using GeoAlign.Train;

namespace GeoAlign.Cli;

/// <summary><c>geoalign report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("run") { Description = "Folder of a training run, such as runs/NAME, finished, stopped or still at work; or folder of an evaluation." };
        Option<string?> output = new("--output", "-o") { HelpName = "file", Description = "Page to write. Default: report.html in the folder." };
        ToolCommand command = new("report", "Makes the report of a training run or of an evaluation again from what is in its folder.")
        {
            Examples = [new("runs/first", "after a newer version, or while the run is still at work"), new("runs/first -o first.html", "as one file to pass on"), new("evaluations/default", "an evaluation, finished, stopped or still at work")],
        };
        command.Arguments.Add(folder);
        command.Options.Add(output);
        command.SetAction(async (parsed, stop) =>
        {
            string run = parsed.GetValue(folder)!;
            if (!Directory.Exists(run)) throw new DirectoryNotFoundException($"There is no folder '{run}'.");
            string page = parsed.GetValue(output) ?? Path.Combine(run, EvaluationPage.FileName);
            long bytes = await (await (EvaluationPage.IsEvaluation(run) ? EvaluationPage.OfFolderAsync(run, stop) : RunReport.OfFolderAsync(run, stop))).WriteAsync(page, stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{page}: {Figures.Of(bytes / 1e6)} MB");
            return ExitCodes.Done;
        });
        return command;
    }
}
