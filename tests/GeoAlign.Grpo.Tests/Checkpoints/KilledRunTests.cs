using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace GeoAlign.Grpo.Tests;

/// <summary>The toy sample as a process of its own, ended without warning (SIGKILL) and started again until it is done.</summary>
public class KilledRunTests
{
    // More than a run can do before it is killed, however fast the machine; the number of iterations may change when a run goes on.
    private const int Endless = 100_000;

    [Fact]
    public async Task A_process_killed_again_and_again_ends_with_the_bits_of_one_that_was_not()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(5));
        using TemporaryFolder whole = new(), broken = new();

        // The first line may say where the run goes on; an iteration's is printed before its checkpoint. So nine lines make seven checkpoints at least,
        // and after three lines an earlier kill's remains are gone.
        foreach (int lines in new[] { 0, 1, 9 }) await KillAsync(broken.Path, lines, untilSeen: null, patience.Token);
        foreach (string traces in new[] { ".unfinished-iteration-*", ".unfinished-old-*" })
        {
            bool cutShort = false;
            for (int attempt = 0; attempt < 8 && !cutShort; attempt++)
            {
                await KillAsync(broken.Path, lines: 3, traces, patience.Token);
                cutShort = Seen(broken.Path, traces);
            }

            Assert.True(cutShort, $"Of eight kills none left {traces} behind.");
        }

        int iterations = LastIteration(broken.Path) + 5;                                 // it was killed while there was something to do
        Assert.True(iterations >= 12);
        await FinishAsync(broken.Path, iterations, patience.Token);
        await FinishAsync(whole.Path, iterations, patience.Token);

        Assert.Equal(Weights(whole.Path, iterations), Weights(broken.Path, iterations));
        Assert.Equal(Reports(whole.Path), Reports(broken.Path));
        Assert.Equal(Enumerable.Range(0, iterations), Reports(broken.Path).Select(r => r.Iteration));
        Assert.Equal(Curves(whole.Path), Curves(broken.Path));
        Assert.Equal(3, Directory.GetDirectories(Checkpoints(broken.Path)).Length);      // no remains either
    }

    private static async Task FinishAsync(string folder, int iterations, CancellationToken stop)
    {
        using Process run = Start(folder, iterations);
        try
        {
            Task<string> errors = run.StandardError.ReadToEndAsync(stop);
            string output = await run.StandardOutput.ReadToEndAsync(stop);
            await run.WaitForExitAsync(stop);
            Assert.True(run.ExitCode == 0, await errors);
            Assert.Contains($"in iteration {iterations}", output, StringComparison.Ordinal);
        }
        finally
        {
            run.Kill();
        }
    }

    // Kills a run after so many lines of its output, and then as soon as a folder of this pattern is seen.
    private static async Task KillAsync(string folder, int lines, string? untilSeen, CancellationToken stop)
    {
        using Process run = Start(folder, Endless);
        try
        {
            Task<string> errors = run.StandardError.ReadToEndAsync(stop);
            for (int i = 0; i < lines; i++) Assert.True(await run.StandardOutput.ReadLineAsync(stop) is not null, "The run ended by itself. " + (run.HasExited ? await errors : ""));
            while (untilSeen is not null && !Seen(folder, untilSeen) && !run.HasExited) stop.ThrowIfCancellationRequested();
        }
        finally
        {
            run.Kill();
        }

        await run.WaitForExitAsync(stop);
    }

    private static Process Start(string folder, int iterations)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[] { typeof(TargetTask).Assembly.Location, "--iterations", iterations.ToString(CultureInfo.InvariantCulture), "--folder", folder })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static string Checkpoints(string folder) => Path.Combine(folder, "checkpoints");

    private static bool Seen(string folder, string pattern) => Directory.Exists(Checkpoints(folder)) && Directory.EnumerateDirectories(Checkpoints(folder), pattern).Any();

    private static int LastIteration(string folder) =>
        Directory.GetDirectories(Checkpoints(folder), "iteration-*").Max(f => int.Parse(f.AsSpan(f.LastIndexOf('-') + 1), CultureInfo.InvariantCulture));

    private static byte[] Weights(string folder, int iterations) => File.ReadAllBytes(Path.Combine(Checkpoints(folder), $"iteration-{iterations:D8}", "policy.bin"));

    // What the log says, apart from how long things took.
    private static List<(int Iteration, string Report)> Reports(string folder) => [.. File.ReadLines(Path.Combine(folder, "log.jsonl")).Select(line =>
    {
        JsonObject report = JsonNode.Parse(line)!.AsObject();
        Assert.True(report.Remove("seconds"));
        return ((int)report["iteration"]!, report.ToJsonString());
    })];

    private static List<(long, string, float)> Curves(string folder) =>
        [.. EventFile.Shown(folder).SelectMany(e => e.Scalars.Where(s => !s.Tag.StartsWith("seconds/", StringComparison.Ordinal)).Select(s => (e.Step, s.Tag, s.Value)))];
}
