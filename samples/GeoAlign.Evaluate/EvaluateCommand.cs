using System.CommandLine;
using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>The command line of the evaluation.</summary>
internal static class EvaluateCommand
{
    private const string Description =
        """
        Scores generated videos against the camera paths they were asked for.

        A case is a condition video, one of the ten moves of ReCamMaster and a speed; its video is named VIDEO_camera_TYPE_speed_SPEED.mp4
        (bear_camera_5_speed_1.0.mp4). Several methods are scored side by side. Poses come from ready files (ViPE's artefacts and other
        formats), from ViPE, or from a pose network; they are kept, so that a second evaluation computes figures only.

        Exit code 3 says that some cases failed or have no video; the others were scored. After Ctrl-C, start it again to go on. What each
        figure means, and which are comparable with published ones: docs/evaluation.md.
        """;

    private const string WhenStopped = "stopped; what was scored is kept, start again with the same options to go on";

    private static readonly Example[] Shown =
    [
        new("--method mine=out/videos --conditions davis --list davis50 --vipe", "the 50 videos of DAVIS, all moves, poses by ViPE"),
        new("--method base=a --method tuned=b --conditions davis --pose-model estimator.onnx --output evaluations/tuned", "two methods side by side, poses by a network"),
        new("--method mine=out/videos --poses mine=out/vipe --moves PanRight,ZoomIn --speeds 1,1.5,2", "ready poses; two moves at three speeds"),
        new("--method crafter=tc/videos --max-frames crafter=49 --conditions davis --vipe --plan", "which cases there are, of a method that makes 49 frames"),
    ];

    /// <summary>The command <c>evaluate</c>, for a program with other commands.</summary>
    public static Command Create() => Fill(new ToolCommand("evaluate", Description) { Examples = Shown });

    /// <summary>The same as a program of its own.</summary>
    public static ToolProgram CreateProgram() => Fill(new ToolProgram("GeoAlign.Evaluate", Description) { Examples = Shown });

    private static T Fill<T>(T command) where T : Command
    {
        Option<string[]> method = new("--method") { Description = "Method and folder of its videos, NAME=FOLDER; may be given several times. Differences are taken from the first.", AllowMultipleArgumentsPerToken = true };
        Option<string[]> poses = new("--poses") { Description = "Ready poses of a method, NAME=FOLDER: pose/CASE.npz or CASE/pose/*.npz of ViPE, or CASE.npz, .txt, .json, ….", AllowMultipleArgumentsPerToken = true };
        Option<string[]> maximum = new("--max-frames") { Description = "Most frames a method can make, NAME=NUMBER (TrajectoryCrafter and CogNVS: 49).", AllowMultipleArgumentsPerToken = true };
        Option<string?> conditions = new("--conditions") { Description = "Folder of condition videos: files and folders of frames." };
        Option<string?> list = new("--list") { Description = "Text file of video names, one a line, or davis50. Default: all condition videos, or those the methods' files name." };
        Option<string> moves = new("--moves") { Description = "Moves, by number or name, separated by commas.", DefaultValueFactory = _ => "1,2,3,4,5,6,7,8,9,10" };
        Option<string> speeds = new("--speeds") { Description = "Speeds, separated by commas.", DefaultValueFactory = _ => "1" };
        Option<RetimedMotion> motion = new("--motion") { Description = "What a change of length keeps: the speed of each frame (as published results did) or the total motion.", DefaultValueFactory = _ => RetimedMotion.SameSpeed };
        Option<string?> poseModel = new("--pose-model") { Description = "Pose estimator: an ONNX file by the contract pose-estimator/1 (docs/pose-estimator.md), or MapAnything: the folder of a release, or its .safetensors or .pth file." };
        Option<int> stride = new("--pose-stride") { Description = "The pose estimator sees every n-th frame.", DefaultValueFactory = _ => 1 };
        Option<string> provider = new("--execution-provider") { Description = "ONNX Runtime's execution provider: CPU, CUDA, ….", DefaultValueFactory = _ => "CPU" };
        Option<string> device = new("--device") { Description = "Device of MapAnything: cpu, cuda, cuda:1.", DefaultValueFactory = _ => "cpu" };
        Option<int> threads = new("--threads") { Description = "Threads of the networks; 0: the runtime's own choice.", DefaultValueFactory = _ => 0 };
        Option<string?> vipe = new("--vipe") { Description = "Estimate poses with ViPE; its program may be named.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> pipeline = new("--vipe-pipeline") { Description = "ViPE's preset: only_pose of ReDirector's copy, or one of the original.", DefaultValueFactory = _ => "only_pose" };
        Option<int> jobs = new("--vipe-jobs") { Description = "ViPE processes at a time.", DefaultValueFactory = _ => 1 };
        Option<string[]> network = new("--network") { Description = "Network of a figure, ROLE=FILE.onnx; roles: subject, background, aesthetic, imaging, interpolator, flow, features, points, depth, moving.", AllowMultipleArgumentsPerToken = true };
        Option<string[]> scenes = new("--scenes") { Description = "ViPE's depths and masks of a method's videos for Dyn-MEt3R, NAME=FOLDER. Default: those beside the poses.", AllowMultipleArgumentsPerToken = true };
        Option<double?> fieldOfView = new("--field-of-view") { Description = "Horizontal field of view for Dyn-MEt3R, degrees, where poses come without intrinsics." };
        Option<string> output = new("--output") { Description = "Folder of the results; an existing one goes on.", DefaultValueFactory = _ => Path.Combine("evaluations", "default") };
        Option<string?> cache = new("--cache") { Description = "Folder of poses and hashes that are kept. Default: cache in the output folder." };
        Option<int> parallel = new("--parallel") { Description = "Cases in work at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<bool> again = new("--again") { Description = "Compute all figures again; kept poses and numbers of networks are used again." };
        Option<int> resamples = new("--resamples") { Description = "Resamples of the bootstrap.", DefaultValueFactory = _ => 2000 };
        Option<ulong> seed = new("--seed") { Description = "Seed of the bootstrap.", DefaultValueFactory = _ => 1 };
        Option<int> reportCases = new("--report-cases") { Description = "Best and worst cases with videos in the report, of each.", DefaultValueFactory = _ => 4 };
        Option<bool> noReport = new("--no-report") { Description = "Make no report.html." };
        Option<bool> json = new("--json") { Description = "Write the summary to standard output as JSON." };
        Option<bool> plan = new("--plan") { Description = "Only show the plan: which cases there are and which are missing." };

        foreach (Option option in new Option[]
        {
            method, poses, maximum, conditions, list, moves, speeds, motion, poseModel, stride, provider, device, threads, vipe, pipeline, jobs, network, scenes, fieldOfView,
            output, cache, parallel, again, resamples, seed, reportCases, noReport, json, plan,
        })
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, stop) => Stoppable.RunAsync(() =>
        {
            string folder = Path.GetFullPath(parsed.GetValue(output)!);
            EvaluationSettings settings = new()
            {
                Methods = MethodSource.Join(parsed.GetValue(method) ?? [], parsed.GetValue(poses) ?? [], parsed.GetValue(maximum) ?? [], parsed.GetValue(scenes) ?? []),
                Conditions = parsed.GetValue(conditions),
                Videos = parsed.GetValue(list) is { } file ? VideoList.Read(file == "davis50" ? Asset("davis50.txt") : file) : null,
                Moves = ParseMoves(parsed.GetValue(moves)!),
                Speeds = ParseSpeeds(parsed.GetValue(speeds)!),
                Motion = parsed.GetValue(motion),
                Output = folder,
                Cache = parsed.GetValue(cache) is { } given ? Path.GetFullPath(given) : Path.Combine(folder, "cache"),
                Parallel = AtLeastOne(parsed.GetValue(parallel), "--parallel"),
                Again = parsed.GetValue(again),
                Resamples = AtLeastOne(parsed.GetValue(resamples), "--resamples"),
                Seed = parsed.GetValue(seed),
            };
            EvaluateOptions options = new()
            {
                PoseModel = parsed.GetValue(poseModel),
                PoseStride = AtLeastOne(parsed.GetValue(stride), "--pose-stride"),
                ExecutionProvider = parsed.GetValue(provider)!,
                Device = parsed.GetValue(device)!,
                Threads = parsed.GetValue(threads),
                Vipe = parsed.GetResult(vipe) is null ? null : parsed.GetValue(vipe) ?? "vipe",
                VipePipeline = parsed.GetValue(pipeline)!,
                VipeJobs = AtLeastOne(parsed.GetValue(jobs), "--vipe-jobs"),
                Networks = parsed.GetValue(network) ?? [],
                FieldOfViewDegrees = parsed.GetValue(fieldOfView) is { } degrees
                    ? degrees is > 0 and < 180 ? degrees : throw new UsageException($"--field-of-view is {degrees}, expected degrees between 0 and 180.")
                    : null,
                PlanOnly = parsed.GetValue(plan),
                Json = parsed.GetValue(json),
                Report = !parsed.GetValue(noReport),
                ReportCases = parsed.GetValue(reportCases) is var cases && cases >= 0 ? cases : throw new UsageException($"--report-cases is {cases}, expected 0 or more."),
            };
            return Evaluation.RunAsync(settings, options, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, stop);
        }, WhenStopped));
        return command;
    }

    /// <summary>Path of a file that comes with the program.</summary>
    public static string Asset(string name) => Path.Combine(AppContext.BaseDirectory, "evaluate", name);

    // Distinct after reading: "1" and "PanRight", "2" and "2.0" are one.
    private static CameraMove[] ParseMoves(string text) => [.. Parts(text, "--moves").Select(part => RetakeName.TryParseMove(part, out CameraMove move)
        ? move
        : throw new UsageException($"--moves holds '{part}', expected 1 to 10 or one of {string.Join(", ", Enum.GetNames<CameraMove>())}.")).Distinct()];

    private static double[] ParseSpeeds(string text) => [.. Parts(text, "--speeds").Select(part =>
        double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed) && speed > 0 && double.IsFinite(speed)
            ? speed
            : throw new UsageException($"--speeds holds '{part}', expected positive numbers such as 1,1.5,2.")).Distinct()];

    private static string[] Parts(string text, string option)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 ? parts : throw new UsageException($"{option} is empty.");
    }

    private static int AtLeastOne(int value, string option) => value >= 1 ? value : throw new UsageException($"{option} is {value}, expected at least 1.");
}
