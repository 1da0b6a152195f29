using System.CommandLine;
using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary><c>geoalign convert</c>.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        Argument<string> input = new("input") { Description = "Camera file or folder." };
        Argument<string> output = new("output") { Description = $"File or folder to write. {OutputPath.NamePlace} in it stands for the camera or split, and all of them are written." };
        Option<string?> to = new("--to") { HelpName = "format", Description = $"Format to write: {string.Join(", ", FormatNames.Written)}. Default: by the output's name (.tum, .kitti, .npy, transforms.json, camera_extrinsics.json)." };
        Option<string[]> drop = new("--drop") { HelpName = "what", Description = $"What may be lost where the format cannot hold it: {string.Join(", ", Conversion.DropNames)}.", AllowMultipleArgumentsPerToken = true };
        Option<string?> size = new("--size") { HelpName = "WIDTHxHEIGHT", Description = "Image size, where the format needs it and the file lacks it." };
        Option<double?> fieldOfView = new("--fov") { HelpName = "degrees", Description = "Horizontal field of view in degrees, for a file without intrinsics: square pixels, principal point in the middle. Needs --size." };
        Option<string?> source = new("--source") { HelpName = "url", Description = "realestate10k: address of the video." };
        Option<bool> relative = new("--relative") { Description = "Write the path as seen from its first camera." };
        Option<bool> worldToCamera = new("--write-world-to-camera") { Description = "numpy: write world-to-camera matrices." };
        Option<CameraAxes> axes = new("--write-axes") { HelpName = "opencv|opengl", Description = "numpy: camera axes to write." };
        Option<bool> force = new("--force") { Description = "Replace an existing output." };
        Option<bool> json = new("--json") { Description = "Say what was written as JSON." };
        to.AcceptOnlyFromAmong(FormatNames.Written);
        drop.AcceptOnlyFromAmong(Conversion.DropNames);
        fieldOfView.Validators.Add(PathFileOptions.Positive);

        ToolCommand command = new("convert", "Writes a camera path in another format. What the format cannot hold is refused unless --drop allows it; the result is read back and compared.")
        {
            Examples =
            [
                new("poses.txt camera.kitti --drop times", "TUM to KITTI, without the time stamps"),
                new("camera.kitti camera.tum --fps 30", "KITTI to TUM, with times at 30 frames per second"),
                new("camera_extrinsics.json --to tum --fps 15 'paths/{name}.tum'", "every camera of a MultiCamVideo scene"),
                new("colmap/sparse/0 scaled.tum --metres-per-unit 0.41 --fps 24 --drop all", "a reconstruction whose scale was measured"),
                new("poses.npy transforms.json --world-to-camera --metres-per-unit 1 --fov 65 --size 1280x720", "matrices of a known meaning to nerfstudio"),
            ],
        };
        command.Arguments.Add(input);
        command.Arguments.Add(output);
        command.Options.Add(to);
        PathFileOptions files = new PathFileOptions().AddTo(command);
        foreach (Option option in (Option[])[drop, size, fieldOfView, source, relative, worldToCamera, axes, force, json]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(output)!;
            ConversionRequest request = new()
            {
                To = OutputPath.FormatFor(target, parsed.GetValue(to)),
                MayDrop = Conversion.ParseDrop(parsed.GetValue(drop) ?? []),
                ImageSizePixels = parsed.GetValue(size) is { } text ? PixelSize.Parse(text) : null,
                FieldOfViewDegrees = parsed.GetValue(fieldOfView),
                Source = parsed.GetValue(source),
                RelativeToFirst = parsed.GetValue(relative),
                WorldToCamera = parsed.GetValue(worldToCamera),
                Axes = parsed.GetValue(axes),
            };
            PathFile file = files.Of(parsed).Open(parsed.GetValue(input)!);
            IReadOnlyList<NamedPath> chosen = target.Contains(OutputPath.NamePlace, StringComparison.Ordinal) ? file.Paths : [file.Single()];
            TextWriter error = parsed.InvocationConfiguration.Error, result = parsed.InvocationConfiguration.Output;
            double? rate = parsed.GetValue(files.FramesPerSecond);
            if (rate is not null && !FormatFacts.Of(request.To).Holds.HasFlag(HeldData.Times)) throw new UsageException($"{FormatNames.Of(request.To)} holds no time stamps; --fps has no use");
            if (rate is not null && chosen.Any(p => p.Recorded.Trajectory.HasTimestamps)) throw new UsageException($"{file.FilePath} has time stamps; --fps is for files without");
            (string Path, NamedPath Named, HeldData Lost)[] work = [.. chosen.Select(p => p with { Recorded = p.Recorded.WithTimes(rate) }).Select(p =>
                (OutputPath.For(target, p.Name), p with { Recorded = Conversion.Prepare(p.Recorded, request) }, Conversion.LostIn(p.Recorded, request.To)))];
            foreach ((string path, _, _) in work) OutputPath.RequireFree(path, parsed.GetValue(force));       // all or nothing

            WrittenPath[] written = [.. work.Select(w => WrittenPath.Write(w.Path, w.Named, request.To, w.Lost))];
            if (chosen.Any(p => p.Recorded.HasMetricScale) && !FormatFacts.Of(request.To).PromisesMetres) error.WriteLine($"note: {FormatNames.Of(request.To)} does not say that its lengths are metres; say --metres-per-unit 1 when it is read again");
            if (parsed.GetValue(json)) result.WriteLine(JsonOutput.Of(new { input = file.FilePath, from = FormatNames.Of(file.Format), detected = file.IsDetected, written }));
            else Say(result, file, written);
        });
        return command;
    }

    private static void Say(TextWriter output, PathFile file, WrittenPath[] written)
    {
        foreach (WrittenPath one in written)
        {
            output.WriteLine($"{one.Path}: {Figures.Counted(one.Frames, "pose", "poses")}, {FormatNames.Of(file.Format)} to {one.Format}; read back to {Figures.Of(one.LargestDistance)} in position and {Figures.Of(one.LargestAngleDegrees)}° in rotation");
            if (one.LargestTimeSeconds is > 1e-9 and var off) output.WriteLine($"  time stamps are rounded, by at most {Figures.Of(off * 1e6)} µs");
            if (one.Lost.Length > 0) output.WriteLine($"  without {string.Join(", ", one.Lost)}");
        }
    }
}
