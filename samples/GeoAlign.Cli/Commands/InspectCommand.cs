using System.CommandLine;
using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary><c>geoalign inspect</c>.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        Argument<string[]> input = new("input") { Description = "Camera files or folders.", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = "Write JSON." };
        ToolCommand command = new("inspect", "Explains camera files: format and why, convention, units, speeds, and what is odd about them.")
        {
            Examples =
            [
                new("camera_extrinsics.json --fps 15", "all cameras of a MultiCamVideo scene, speeds per second"),
                new("camera_extrinsics.json --camera cam03", "one of them in detail"),
                new("*.txt --json", "several files, for a program"),
            ],
        };
        command.Arguments.Add(input);
        PathFileOptions files = new PathFileOptions().AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            PathFileRequest request = files.Of(parsed);
            double? rate = parsed.GetValue(files.FramesPerSecond);
            TextWriter output = parsed.InvocationConfiguration.Output;
            List<object> documents = [];
            foreach (string path in parsed.GetValue(input)!)
            {
                PathFile file = request.Open(path);
                PathFacts[] facts = [.. file.Paths.Select(p => Facts(file, p, rate, request.Read.Member))];
                CameraSpread? spread = file.Format == TrajectoryFormat.ReCamMaster ? CameraSpread.Of(file.Paths) : null;
                if (rate is not null && file.Paths.Any(p => p.Recorded.Trajectory.HasTimestamps)) parsed.InvocationConfiguration.Error.WriteLine($"note: {path} has time stamps; --fps is not used for it");
                if (parsed.GetValue(json)) documents.Add(Document(file, facts, spread));
                else InspectionText.Write(output, file, facts, spread);
            }

            if (parsed.GetValue(json)) output.WriteLine(JsonOutput.Of(new { files = documents }));
        });
        return command;
    }

    private static PathFacts Facts(PathFile file, NamedPath path, double? rate, string? member)
    {
        PathFacts facts = PathFacts.Of(path, rate) with { RotationDeviation = PrintedRotations.LargestDeviation(file.FilePath, file.Format, member) };
        return facts with { Findings = PathOddities.Of(path, facts) };
    }

    private static object Document(PathFile file, PathFacts[] paths, CameraSpread? spread)
    {
        FormatFacts format = FormatFacts.Of(file.Format);
        return new
        {
            path = file.FilePath,
            format = FormatNames.Of(file.Format),
            detected = file.IsDetected,
            recognition = format.Recognition,
            convention = format.Convention,
            fileUnits = format.Units,
            cameras = spread,
            paths,
        };
    }
}
