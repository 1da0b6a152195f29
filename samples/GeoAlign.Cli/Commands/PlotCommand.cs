using System.CommandLine;
using GeoAlign.Geometry;
using GeoAlign.Reporting;

namespace GeoAlign.Cli;

/// <summary><c>geoalign plot</c>.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        Argument<string[]> input = new("input") { Description = "Camera files or folders; several are drawn over one another.", Arity = ArgumentArity.OneOrMore };
        Option<string?> output = new("--output", "-o") { HelpName = "file", Description = "Picture to write: .svg, .png (needs Chromium) or .html (turns in space). Default: the first input's name with .svg, in the current folder." };
        Option<string?> title = new("--title") { HelpName = "text", Description = "Heading." };
        Option<bool> keepWorld = new("--keep-world") { Description = "Draw the paths where their files put them. Default: each as seen from its first camera." };
        Option<double> fieldOfView = new("--fov") { HelpName = "degrees", Description = "Horizontal field of view of the drawn cameras, degrees.", DefaultValueFactory = _ => 60 };
        Option<int> cameras = new("--cameras") { HelpName = "number", Description = "Drawn cameras per path.", DefaultValueFactory = _ => 5 };
        Option<int> width = new("--width") { HelpName = "pixels", Description = "Width in pixels.", DefaultValueFactory = _ => 960 };
        Option<string> colours = new("--colours") { HelpName = "reader|light|dark", Description = "Colours of a picture; by default an svg follows the light or dark setting of its reader.", DefaultValueFactory = _ => "reader" };
        colours.AcceptOnlyFromAmong("reader", "light", "dark");
        ToolCommand command = new("plot", "Draws camera paths from above and from the side at one scale, and their speeds.")
        {
            Examples =
            [
                new("target.tum estimated.tum -o paths.svg", "two paths over one another"),
                new("camera_extrinsics.json --fps 15 -o scene.png --keep-world", "all cameras of a scene, in its world"),
                new("colmap/sparse/0 -o walk.html", "a page that turns the path in space"),
            ],
        };
        command.Arguments.Add(input);
        command.Options.Add(output);
        PathFileOptions files = new PathFileOptions().AddTo(command);
        foreach (Option option in (Option[])[title, keepWorld, fieldOfView, cameras, width, colours]) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            string[] inputs = parsed.GetValue(input)!;
            PathFileRequest request = files.Of(parsed);
            PathFile[] opened = [.. inputs.Select(request.Open)];
            (string Name, RecordedTrajectory Path)[] paths = [.. opened.SelectMany(f => f.Paths.Select(p => (opened.Length > 1 && f.Paths.Count > 1 ? $"{Path.GetFileName(f.FilePath)} {p.Name}" : p.Name, p.Recorded)))];
            string target = parsed.GetValue(output) ?? Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(inputs[0])) + ".svg";
            bool inPlace = parsed.GetValue(keepWorld), isMetric = paths.All(p => p.Path.HasMetricScale);
            if (!isMetric && paths.Any(p => p.Path.HasMetricScale)) parsed.InvocationConfiguration.Error.WriteLine("note: some of the paths are metric and some are not; lengths are called units");
            PathPlot plot = new([.. paths.Select(p => new CameraPath(p.Name, inPlace ? p.Path.Trajectory : p.Path.Trajectory.RelativeToFirst()))])
            {
                Title = parsed.GetValue(title) ?? (inputs.Length == 1 ? Path.GetFileName(Path.TrimEndingDirectorySeparator(inputs[0])) : ""),
                FramesPerSecond = parsed.GetValue(files.FramesPerSecond),
                IsMetric = isMetric,
                HorizontalFieldOfViewDegrees = parsed.GetValue(fieldOfView),
                FrustumsPerPath = parsed.GetValue(cameras),
                WidthPixels = parsed.GetValue(width),
                Colours = parsed.GetValue(colours) switch { "light" => PlotColours.Light, "dark" => PlotColours.Dark, _ => PlotColours.AsReader },
            };
            await PathPicture.WriteAsync(plot, target, stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{target}: {Figures.Counted(paths.Length, "path", "paths")}");
            return ExitCodes.Done;
        });
        return command;
    }
}
