using System.CommandLine;
using System.Globalization;
using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary><c>geoalign rescale</c>.</summary>
internal static class RescaleCommand
{
    public static Command Create()
    {
        Argument<string> input = new("input") { Description = "Camera file or folder, of any scale." };
        Argument<string> output = new("output") { Description = "File or folder to write." };
        Option<string?> to = new("--to") { HelpName = "format", Description = "Format to write: tum, kitti, recammaster, vipe or numpy. Default: by the output's name." };
        Option<double?> speed = new("--top-speed") { HelpName = "m/s", Description = "Top speed of the result, metres per second." };
        Option<double?> turn = new("--top-turn") { HelpName = "°/s", Description = "Top turning speed of the result, degrees per second." };
        Option<long?> seed = new("--seed") { HelpName = "number", Description = "Draw both top speeds from truncated Gaussians, as training does for its first condition." };
        TargetPathOptions usual = new();
        Option<string?> speeds = new("--speeds") { HelpName = "m,s,a,b", Description = $"With --seed: distribution of the top speed, m/s, as MEAN,SPREAD,MINIMUM,MAXIMUM. Default: {Text(usual.TranslationMetresPerSecond)}." };
        Option<string?> turns = new("--turns") { HelpName = "m,s,a,b", Description = $"With --seed: distribution of the top turning speed, °/s. Default: {Text(usual.RotationDegreesPerSecond)}." };
        Option<bool> paper = new("--paper") { Description = "Scale as eq. 13 and 14 of Geo-Align write it (world-frame translations, logarithms of rotations) instead of step by step." };
        Option<bool> keepJumps = new("--keep-jumps") { Description = "Accept a path whose fastest step is more than 8 times its median step." };
        Option<bool> force = new("--force") { Description = "Replace an existing output." };
        Option<bool> json = new("--json") { Description = "Say the factors as JSON." };
        speed.Validators.Add(PathFileOptions.NotNegative);
        turn.Validators.Add(PathFileOptions.NotNegative);
        to.AcceptOnlyFromAmong("tum", "kitti", "recammaster", "vipe", "numpy");
        ToolCommand command = new("rescale", "Gives a camera path a top speed in metres and degrees per second (Geo-Align, arXiv 2605.23903, section 3.4). The result starts at the identity and is metric.")
        {
            Examples =
            [
                new("colmap/sparse/0 walk.tum --fps 16 --top-speed 1.2 --top-turn 10", "chosen top speeds"),
                new("camera_extrinsics.json --camera cam05 --seed 7 --fps 16 drawn.tum", "drawn ones; the same seed draws the same"),
            ],
        };
        command.Arguments.Add(input);
        command.Arguments.Add(output);
        command.Options.Add(to);
        PathFileOptions files = new PathFileOptions().AddTo(command);
        foreach (Option option in (Option[])[speed, turn, seed, speeds, turns, paper, keepJumps, force, json]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            string target = parsed.GetValue(output)!;
            TrajectoryFormat format = OutputPath.FormatFor(target, parsed.GetValue(to));
            if (FormatFacts.Of(format).Holds.HasFlag(HeldData.Intrinsics) && format != TrajectoryFormat.Vipe) throw new UsageException($"a rescaled path is poses only; {FormatNames.Of(format)} needs more: write tum, kitti, recammaster, vipe or numpy, then convert");
            OutputPath.RequireFree(target, parsed.GetValue(force));
            NamedPath named = files.Of(parsed).Open(parsed.GetValue(input)!).Single();
            double rate = Rate(named, parsed.GetValue(files.FramesPerSecond));
            RescaleOptions options = (parsed.GetValue(paper) ? RescaleOptions.Paper : RescaleOptions.Default) with { MaximumJumpRatio = parsed.GetValue(keepJumps) ? double.PositiveInfinity : RescaleOptions.Default.MaximumJumpRatio };

            RescaleResult result;
            double topSpeed, topTurn;
            if (parsed.GetValue(seed) is { } key)
            {
                if (parsed.GetValue(speed) is not null || parsed.GetValue(turn) is not null) throw new UsageException("--seed draws the top speeds; leave --top-speed and --top-turn out, or leave --seed out");
                (topSpeed, topTurn) = Drawn(named, key, rate, options,
                    parsed.GetValue(speeds) is { } s ? SpeedDistribution.Parse(s, "--speeds") : usual.TranslationMetresPerSecond,
                    parsed.GetValue(turns) is { } t ? SpeedDistribution.Parse(t, "--turns") : usual.RotationDegreesPerSecond);
            }
            else
            {
                if (parsed.GetValue(speeds) is not null || parsed.GetValue(turns) is not null) throw new UsageException("--speeds and --turns are distributions to draw from: say --seed");
                if (parsed.GetValue(speed) is not { } metres || parsed.GetValue(turn) is not { } degrees) throw new UsageException("say --top-speed and --top-turn, or --seed to draw them");
                (topSpeed, topTurn) = (metres, degrees);
            }

            result = TrajectoryRescaler.Rescale(named.Recorded.Trajectory, topSpeed / rate, double.DegreesToRadians(topTurn) / rate, options);
            if (result.IsRejected) throw new InvalidDataException($"The path is rejected: {result.Rejection} (--keep-jumps accepts jumps; geoalign inspect shows where they are)");
            RecordedTrajectory scaled = new RecordedTrajectory(new CameraTrajectory(result.Trajectory.CameraToWorld), hasMetricScale: true, frameNumbers: named.Recorded.FrameNumbers).WithTimes(rate);
            HeldData lost = Conversion.LostIn(scaled, format) & ~HeldData.Times;
            WrittenPath written = WrittenPath.Write(target, named with { Recorded = scaled }, format, lost);
            Say(parsed.InvocationConfiguration.Output, parsed.GetValue(json), written, result, rate, topSpeed, topTurn);
        });
        return command;
    }

    private static double Rate(NamedPath named, double? given)
    {
        if (given is { } rate) return rate;
        return PathTimes.Of(named.Recorded.Trajectory, fromOption: false)?.FramesPerSecond ?? throw new UsageException("the file has no time stamps: say the frame rate of the video with --fps");
    }

    // One source of one path: the draw is that of training's first condition with this path alone.
    private static (double MetresPerSecond, double DegreesPerSecond) Drawn(NamedPath named, long seed, double rate, RescaleOptions options, TruncatedGaussian speeds, TruncatedGaussian turns)
    {
        TargetPathSource source = new([KeyValuePair.Create(named.Name, new CameraTrajectory(named.Recorded.Trajectory.CameraToWorld))], new TargetPathOptions
        {
            FrameCount = named.Recorded.Trajectory.Count,
            FrameRate = FrameRate.Parse(Math.Round(rate, 4).ToString("0.####", CultureInfo.InvariantCulture)),
            TranslationMetresPerSecond = speeds,
            RotationDegreesPerSecond = turns,
            Rescale = options with { MaximumJumpRatio = double.PositiveInfinity },
            MaximumAttempts = 1,
        });
        TargetPath drawn = source.Draw(seed, iteration: 0, group: 0);
        return (drawn.TranslationMetresPerSecond, drawn.RotationDegreesPerSecond);
    }

    private static void Say(TextWriter output, bool json, WrittenPath written, RescaleResult result, double rate, double topSpeed, double topTurn)
    {
        double reachedSpeed = result.SpeedsAfter!.MaximumTranslationMetresPerFrame * rate, reachedTurn = double.RadiansToDegrees(result.SpeedsAfter.MaximumRotationRadiansPerFrame) * rate;
        string[] guards = [.. Enum.GetValues<RescaleGuards>().Where(g => g != RescaleGuards.None && result.Guards.HasFlag(g)).Select(g => Words(g))];
        if (json)
        {
            output.WriteLine(JsonOutput.Of(new
            {
                written, framesPerSecond = rate, translationFactor = result.TranslationFactor, rotationFactor = result.RotationFactor,
                askedMetresPerSecond = topSpeed, askedDegreesPerSecond = topTurn, reachedMetresPerSecond = reachedSpeed, reachedDegreesPerSecond = reachedTurn,
                pathLengthMetres = result.SpeedsAfter.PathLengthMetres, totalTurnDegrees = double.RadiansToDegrees(result.SpeedsAfter.TotalRotationRadians),
                rotationMode = result.RotationMode, guards,
            }));
            return;
        }

        output.WriteLine($"{written.Path}: {Figures.Counted(written.Frames, "pose", "poses")} ({written.Format})");
        TextTable.WritePairs(output,
        [
            ("translation", $"× {Figures.Of(result.TranslationFactor)}: top {Figures.Of(reachedSpeed)} m/s (asked {Figures.Of(topSpeed)}), {Figures.Of(result.SpeedsAfter.PathLengthMetres)} m long"),
            ("rotation", $"× {Figures.Of(result.RotationFactor)}: top {Figures.Of(reachedTurn)}°/s (asked {Figures.Of(topTurn)}), {Figures.Of(double.RadiansToDegrees(result.SpeedsAfter.TotalRotationRadians))}° in all"),
            ("frame rate", $"{Figures.Of(rate)} frames per second"),
        ]);
        foreach (string guard in guards) output.WriteLine($"  ! {guard}");
    }

    private static string Words(RescaleGuards guard) => guard switch
    {
        RescaleGuards.TranslationTooSlow => "the camera hardly moves; its translation became 0",
        RescaleGuards.RotationTooSlow => "the camera hardly turns; its rotation became 0",
        RescaleGuards.TranslationFactorCapped => "the translation factor was limited, so the top speed is not reached",
        RescaleGuards.RotationFactorCapped => "the rotation factor was limited, so the top turning speed is not reached",
        RescaleGuards.TranslationJump => "one step is far longer than the median step",
        RescaleGuards.RotationJump => "one turn is far larger than the median turn",
        RescaleGuards.RotationWrapped => "a scaled rotation went over to another branch of the logarithm and was unwrapped",
        _ => throw new ArgumentOutOfRangeException(nameof(guard), guard, "No such guard."),
    };

    private static string Text(TruncatedGaussian d) => string.Create(CultureInfo.InvariantCulture, $"{d.Mu},{d.Sigma},{d.Minimum},{d.Maximum}");
}
