// The shortest complete training run: a policy of six weights learns to generate latents near a target. Seconds on one core, no network, no data.
//
//     dotnet run --project samples/GeoAlign.ToyAlignment -- --iterations 60 --folder runs/toy
//
// It prints a line per iteration and compares the first reward with the last. Stop it whenever you like, by force too: the same command goes on from the last
// checkpoint and ends with the same bits, and a larger --iterations makes a finished run longer. The folder holds checkpoints/, log.jsonl and event files for TensorBoard.
// To train a model of your own, put it in the place of ShiftPolicy, and your conditions and rewards in the place of TargetTask.
using System.Globalization;
using System.Text.Json;
using GeoAlign.Grpo;
using GeoAlign.ToyAlignment;

(int iterations, string folder) = (60, "runs/toy");
for (int i = 0; i < args.Length; i += 2)
{
    string value = i + 1 < args.Length ? args[i + 1] : "";
    if (args[i] == "--folder" && value.Length > 0) folder = value;
    else if (args[i] != "--iterations" || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out iterations) || iterations < 1)
    {
        Console.Error.WriteLine($"Expected --iterations N (a whole number from 1) or --folder F, found '{args[i]} {value}'.");
        return 2;
    }
}

string lines = Path.Combine(folder, "log.jsonl");
GrpoOptions options = new()
{
    Iterations = iterations, Steps = 8, Shift = 3, LearningRate = 0.05, CheckpointEvery = 1,
    Window = new SlidingWindow(Length: 3, Interval: 5),
    Rollout = new RolloutOptions { GroupSize = 8 },
    Advantage = new AdvantageOptions { Weights = new Dictionary<string, double> { ["near"] = 1, ["small"] = 0.5 } },
};
ShiftPolicy policy = new(TargetTask.Target.Length);
TargetTask task = new();
await new GrpoTrainer<int>(options, new TrainerParts<int>
{
    Policy = policy,
    Optimizer = policy,
    Data = task,
    Scorer = task,
    Checkpoints = new CheckpointStore(Path.Combine(folder, "checkpoints")),
    Log = new CombinedLog(new JsonlLog(lines), new TensorBoardLog(folder)),
    Observer = task,
}).RunAsync();

double[] near = [.. File.ReadLines(lines).Select(line => JsonElement.Parse(line).GetProperty("rewards")[0].GetProperty("mean").GetDouble())];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"near: {near[0]:0.000} in iteration 1, {near[^1]:0.000} in iteration {near.Length}"));
return 0;
