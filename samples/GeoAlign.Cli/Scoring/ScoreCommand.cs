using System.CommandLine;
using System.Globalization;
using GeoAlign.Rewards;
using GeoAlign.Sampling;
using GeoAlign.Train;

namespace GeoAlign.Cli;

/// <summary><c>geoalign score</c>.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        Argument<string[]> input = new("video") { Description = "Videos, folders of frames (with --fps), or folders of videos.", Arity = ArgumentArity.OneOrMore };
        Option<string?> target = new("--target") { HelpName = "file", Description = "Camera path the videos were asked for: a camera file, or a folder of camera files named as the videos. In a file of several cameras the one named as the video is taken." };
        RewardFileOptions files = new();
        Option<string> device = new("--device") { HelpName = "name", Description = "Device of networks with weights: cpu, cuda, cuda:1. ONNX files go by --execution-provider.", DefaultValueFactory = _ => "cpu" };
        Option<int?> poseFrames = new("--pose-frames") { HelpName = "number", Description = "Most frames of a video that the pose estimator sees, spread evenly; the others are not compared. Default: all." };
        Option<int> threads = new("--threads") { HelpName = "number", Description = "Threads of the networks.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<bool> perceptual = new("--perceptual") { Description = "Measures of pictures that need no network: flicker, sharpness, exposure, colours. They are also what is scored without --pose-model." };
        Option<string?> condition = new("--condition") { HelpName = "video", Description = "The condition clip, for the measure of colours; without it colours are compared with the first frame." };
        Option<string?> prompt = new("--prompt") { HelpName = "text", Description = "The text the videos were made from. Default: VIDEO.txt beside each video, where there is one." };
        Option<int?> frames = new("--frames") { HelpName = "number", Description = "Score the first frames of the video and the first poses of its target." };
        Option<int> targetEvery = new("--target-every") { HelpName = "number", Description = "Only every N-th frame has a target pose (4 for a path given per latent).", DefaultValueFactory = _ => 1 };
        Option<string?> plot = new("--plot") { HelpName = "file", Description = "Picture of both paths: .svg, .png or .html; a folder where there are several videos." };
        Option<string?> html = new("--html") { HelpName = "file", Description = "Page with tables and the paths in space." };
        Option<bool> json = new("--json") { Description = "Write JSON." };
        ToolCommand command = new("score", "Scores videos against the camera path they were asked for.")
        {
            Examples =
            [
                new("out.mp4 --target path.tum --pose-model estimator.onnx --plot out.svg", "metric errors of one video, with a picture of both paths"),
                new("results --target paths --pose-model estimator.onnx --html scores.html", "a folder of videos, each with the camera file of its name"),
                new("frames --fps 16 --target camera_extrinsics.json --camera cam03 --pose-model estimator.onnx --json", "a folder of frames, for a program"),
                new("out.mp4 --target path.tum --pose-model map-anything --device cuda --videoalign VideoReward --prompt 'a walk through a market'", "MapAnything and VideoAlign on a GPU"),
                new("out.mp4 --condition in.mp4", "flicker, sharpness, exposure and colours, without any network"),
            ],
        };
        command.Arguments.Add(input);
        foreach (Option option in (Option[])[target, .. files.Networks, files.Remote, poseFrames, device, threads, perceptual, condition, prompt, frames, targetEvery, plot, html, json]) command.Options.Add(option);
        PathFileOptions pathFiles = new PathFileOptions("Frames per second of folders of frames.").AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            IReadOnlyList<string> videos = VideoInputs.Of(parsed.GetValue(input)!);
            FrameRate? rate = parsed.GetValue(pathFiles.FramesPerSecond) is { } fps ? FrameRate.Parse(fps.ToString(CultureInfo.InvariantCulture)) : null;
            if (rate is null && videos.FirstOrDefault(Directory.Exists) is { } folder) throw new UsageException($"{folder} is a folder of frames, which has no frame rate of its own: say --fps");
            RewardFiles chosen = files.Read(parsed);
            string? path = parsed.GetValue(target);
            if (chosen.PoseModel is not null && path is null) throw new UsageException("--pose-model compares with a path: say --target");
            if (parsed.GetValue(targetEvery) < 1 || parsed.GetValue(frames) < 1 || parsed.GetValue(poseFrames) < 2) throw new UsageException("--frames and --target-every are at least 1, --pose-frames at least 2");
            TextWriter error = parsed.InvocationConfiguration.Error;
            bool isLearned = (chosen.VideoAlign ?? chosen.HpsV3) is not null, isNetwork = isLearned || chosen.PoseModel is not null, isRemote = chosen.Remote.Count > 0;
            RefuseWithoutUse(parsed,
            [
                .. pathFiles.OfPath.Append(targetEvery).Select(option => (option, path is not null, "is about the target's file: say --target")),
                (target, chosen.PoseModel is not null || isRemote, "is what poses are compared with: say --pose-model or --remote"),
                (plot, chosen.PoseModel is not null, "draws the estimated path beside the target: say --pose-model and --target"),
                (poseFrames, chosen.PoseModel is not null, "is for the pose estimator: say --pose-model"),
                (device, isNetwork, "is for networks: say --pose-model, --videoalign or --hpsv3"),
                (threads, isNetwork, "is for networks: say --pose-model, --videoalign or --hpsv3"),
                (prompt, isLearned || isRemote, "is for learned rewards: say --videoalign, --hpsv3 or --remote"),
                (condition, parsed.GetValue(perceptual) || !(isNetwork || isRemote), "is for the measure of colours: say --perceptual"),
                (pathFiles.FramesPerSecond, videos.Any(Directory.Exists) || (parsed.GetValue(condition) is { } source && Directory.Exists(source)), "is the rate of folders of frames, and there is none"),
            ]);
            if (parsed.GetValue(plot) is { } drawing) RequirePlots(drawing, videos);

            ScoreRequest request = new()
            {
                Targets = path is null ? null : new TargetPaths(path, pathFiles.Of(parsed)),
                Prompt = parsed.GetValue(prompt),
                FolderFrameRate = rate,
                Frames = parsed.GetValue(frames),
                TargetEvery = parsed.GetValue(targetEvery),
                SourceColours = parsed.GetValue(condition) is { } clip ? await ColoursOf(clip, rate, stop) : null,
            };
            using RewardNetworks networks = new();
            await networks.ConnectAsync(chosen.Remote, stop);
            networks.Open(chosen, new RewardNetworkOptions { Device = parsed.GetValue(device)!, Threads = parsed.GetValue(threads), TextAlignment = true });
            ScoreRewards rewards = new(networks);
            rewards.AddNetworks(parsed.GetValue(poseFrames));
            if (parsed.GetValue(perceptual) || rewards.Entries.Count == 0) rewards.AddPerceptual(request.SourceColours is null ? ColourReference.FirstFrame : ColourReference.ConditionClip);

            VideoScorer scorer = new(rewards, request);
            WorkProgress progress = new(error, "scoring", videos.Count);
            List<VideoScore> scores = [];
            foreach (string video in videos)
            {
                progress.Begin(video);
                scores.Add(await scorer.ScoreAsync(video, stop));
            }

            if (parsed.GetValue(json)) await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonOutput.Of(new { videos = scores }));
            else if (scores is not [{ Problem: not null }]) ScoreText.Write(parsed.InvocationConfiguration.Output, scores);
            if (parsed.GetValue(plot) is { } picture)
                foreach (string written in await ScorePages.WritePlotsAsync(picture, scores, stop)) error.WriteLine(written);
            if (parsed.GetValue(html) is { } page)
            {
                await ScorePages.Page(scores, chosen.PoseModel is { } model ? $"Poses by {Path.GetFileName(model)}." : "").WriteAsync(page, stop);
                error.WriteLine(page);
            }

            if (scores.All(s => s.HasScore)) return ExitCodes.Done;
            VideoScore[] without = [.. scores.Where(s => !s.HasScore)];
            error.WriteLine(scores is [{ Problem: { } problem }] ? $"error: {problem}" : $"error: {Figures.Counted(without.Length, "video has", "videos have")} no score: {string.Join(", ", without.Select(s => s.Name))}");
            return without.Length < scores.Count ? ExitCodes.InPart : ExitCodes.Failed;
        });
        return command;
    }

    // An option that does nothing would be taken for one that did.
    private static void RefuseWithoutUse(ParseResult parsed, IReadOnlyList<(Option Option, bool HasUse, string Reason)> uses)
    {
        foreach ((Option option, bool hasUse, string reason) in uses)
            if (!hasUse && parsed.GetResult(option) is { Implicit: false }) throw new UsageException($"{option.Name} {reason}");
    }

    // Before the work, not after it.
    private static void RequirePlots(string path, IReadOnlyList<string> videos)
    {
        if (videos.Count == 1) PathPicture.RequireKind(path);
        else if (videos.GroupBy(VideoInputs.NameOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UsageException($"--plot writes a picture of every video's name, and {string.Join(" and ", twice)} have one name");
    }

    private static async Task<ColourStatistics> ColoursOf(string clip, FrameRate? rate, CancellationToken stop)
    {
        VideoClip video = await new VideoReader().ReadAsync(clip, new VideoReadOptions { FolderFrameRate = rate }, stop);
        return ColourStatistics.Of(new VideoFrames(video.Rgb24, video.Width, video.Height, video.FrameCount, video.FrameRate.FramesPerSecond));
    }
}
