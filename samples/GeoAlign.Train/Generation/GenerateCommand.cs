using System.CommandLine;
using GeoAlign.Geometry;
using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>The command line that generates videos.</summary>
internal static class GenerateCommand
{
    private const string Description =
        """
        Generates videos: condition videos, seen along other camera paths.

        The folder of the released ReDirector: train --help. Of several videos, those that are there already are passed over.
        """;

    public static Command Create()
    {
        CheckpointOptions checkpoints = new();
        Option<string> video = new("--video") { Description = "Condition video: a file, a folder of frames (then --fps is needed), or a folder of several.", Required = true };
        Option<string> output = new("--output") { Description = "Video to write (mp4); for several videos, moves or speeds a folder.", DefaultValueFactory = _ => "generated.mp4" };
        Option<string?> prompt = new("--prompt") { Description = "What the video shows. Default: the text file of the video's name beside it." };
        Option<string?> negative = new("--negative-prompt") { Description = "What it does not show, for --guidance. The released pipelines use Wan2.1's sample_neg_prompt." };
        Option<string?> path = new("--path") { Description = "File with the target path, any known format; the whole path is brought to the frames of the video." };
        Option<string?> camera = new("--camera") { Description = "Camera of the path file, where it holds several." };
        Option<CameraMove[]> move = new("--move") { Description = "One or several of the ten published moves in the place of --path.", AllowMultipleArgumentsPerToken = true };
        Option<bool> allMoves = new("--all-moves") { Description = "All ten." };
        Option<double[]> speed = new("--speed") { Description = "Factors of the moves' speed.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1] };
        Option<string?> source = new("--source-path") { Description = "File with the condition video's own path, metres, one pose per frame; for several videos a folder of files named as they are." };
        Option<string?> sourceCamera = new("--source-camera") { Description = "Camera of that file, where it holds several." };
        Option<string?> poseModel = new("--pose-model") { Description = "Pose estimator that reads it from the video: an ONNX file by the contract pose-estimator/1 (docs/pose-estimator.md), or MapAnything: the folder of a release, or its .safetensors or .pth file." };
        Option<double?> fieldOfView = new("--fov") { Description = "Horizontal field of view of both cameras, degrees. Default: the intrinsics in the --source-path file, else 65." };
        Option<int?> frames = new("--frames") { Description = "Frames, 4k + 1, from the start of the video. Default: as many as fit." };
        Option<string?> size = new("--size") { Description = "Size, WIDTHxHEIGHT, multiples of 16. Default: 832x480 for the released network, else 160x96." };
        Option<double?> fps = new("--fps") { Description = "Frames per second of a folder of frames." };
        Option<string?> trained = new("--trained") { Description = "Self-attention weights of an own run, laid over all others." };
        Option<int> steps = new("--steps") { Description = "Euler steps.", DefaultValueFactory = _ => GenerationOptions.Released.Steps };
        Option<double> shift = new("--shift") { Description = "Timestep shift.", DefaultValueFactory = _ => GenerationOptions.Released.Shift };
        Option<double?> guidance = new("--guidance") { Description = "Guidance scale; 1 for none. Default: 5 with a text encoder, else 1." };
        Option<ulong> seed = new("--seed") { Description = "Seed of the noise.", DefaultValueFactory = _ => 0UL };
        Option<bool> exact = new("--exact") { Description = "Neither round timesteps to bfloat16 nor cut pixels to bytes, as the released scripts do." };
        Option<bool> force = new("--force") { Description = "Replace an existing video; of several, make those again that are there." };
        Option<int> threads = new("--threads") { Description = "Threads of the networks.", DefaultValueFactory = _ => Environment.ProcessorCount };

        ToolCommand command = new("generate", Description)
        {
            Examples =
            [
                new("--checkpoints ReDirector --device cuda --offload --video clip.mp4 --prompt 'a street in the rain' --negative-prompt 'blurred, distorted' --move arcLeft --source-path clip.tum --output arc.mp4", "the released network, a published move, the condition video's own path from a file"),
                new("--checkpoints ReDirector --trained runs/first/self_attention.safetensors --video clip.mp4 --prompt 'a street' --negative-prompt 'blurred' --path target.tum --pose-model map-anything --output moved.mp4", "self-attention weights of an own run laid over it, and an estimator that reads the condition video's path"),
                new("--checkpoints ReDirector --video DAVIS --fps 24 --all-moves --speed 1 1.5 2 --negative-prompt 'blurred' --pose-model map-anything --output retakes", "all cases of an evaluation, in a folder that evaluate --method NAME=FOLDER reads"),
                new("--weights runs/first/network.safetensors --video clip.mp4 --frames 17 --path paths.json --camera dolly_in --source-path clip.tum", "the small network of an own run"),
            ],
        };
        foreach (Option option in new Option[] { video, output, prompt, negative, path, camera, move, allMoves, speed, source, sourceCamera, poseModel }) command.Options.Add(option);
        checkpoints.AddTo(command);
        foreach (Option option in new Option[] { trained, steps, shift, guidance, seed, exact, fieldOfView, frames, size, fps, threads, force }) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            SystemSettings system = checkpoints.Read(parsed, seed: 1);
            (int width, int height) = TrainCommand.ParseSize(parsed.GetValue(size) ?? (system.Network == NetworkSize.Release ? "832x480" : "160x96"));
            await GenerationRun.ExecuteAsync(new GenerateSettings
            {
                Video = Path.GetFullPath(parsed.GetValue(video)!), FramesPerSecond = parsed.GetValue(fps), Frames = parsed.GetValue(frames), Width = width, Height = height,
                Path = Full(parsed.GetValue(path)), Camera = parsed.GetValue(camera), Moves = parsed.GetValue(allMoves) ? Enum.GetValues<CameraMove>() : parsed.GetValue(move) ?? [], Speeds = parsed.GetValue(speed) ?? [1],
                SourcePath = Full(parsed.GetValue(source)), SourceCamera = parsed.GetValue(sourceCamera), PoseModel = Full(parsed.GetValue(poseModel)), FieldOfViewDegrees = parsed.GetValue(fieldOfView),
                Prompt = parsed.GetValue(prompt), NegativePrompt = parsed.GetValue(negative), Trained = Full(parsed.GetValue(trained)), System = system,
                Options = new GenerationOptions
                {
                    Steps = parsed.GetValue(steps), Shift = parsed.GetValue(shift), Seed = parsed.GetValue(seed),
                    GuidanceScale = parsed.GetValue(guidance) ?? (system.Files.TextEncoder is null ? 1 : GenerationOptions.Released.GuidanceScale),
                    RoundTimestepToBFloat16 = !parsed.GetValue(exact), TruncateBytes = !parsed.GetValue(exact) && system.Files.Vae is not null,
                },
                Threads = parsed.GetValue(threads), Replaces = parsed.GetValue(force), Output = Path.GetFullPath(parsed.GetValue(output)!),
            }, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, stop);
            return ExitCodes.Done;
        });
        return command;
    }

    private static string? Full(string? path) => path is null ? null : Path.GetFullPath(path);
}
