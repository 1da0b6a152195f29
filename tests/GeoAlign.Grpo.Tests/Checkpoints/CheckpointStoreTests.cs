namespace GeoAlign.Grpo.Tests;

public class CheckpointStoreTests
{
    private static readonly GrpoOptions Settings = ToyTask.Options;

    [Fact]
    public void What_was_saved_is_restored()
    {
        using TemporaryFolder folder = new();
        ShiftPolicy policy = Trained(3), other = new(6);
        new CheckpointStore(folder.Path).Save(new TrainerState(12, 24), policy, Settings);

        TrainerState? state = new CheckpointStore(folder.Path).Restore(other, Settings);

        Assert.Equal(new TrainerState(12, 24), state);
        Assert.Equal(policy.Weights, other.Weights);
        Assert.Equal(policy.Updates, other.Updates);
    }

    [Fact]
    public void An_empty_folder_is_a_new_run()
    {
        using TemporaryFolder folder = new();

        Assert.Null(new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), Settings));
        Assert.Null(new CheckpointStore(folder.File("missing")).Restore(new ShiftPolicy(6), Settings));
    }

    [Theory]
    [InlineData("truncated", "bytes, expected")]
    [InlineData("flipped", "SHA-256")]
    [InlineData("deleted", "policy.bin is missing")]
    [InlineData("manifest gone", "no manifest.json")]
    [InlineData("manifest cut", "manifest.json is damaged")]
    [InlineData("state changed", "state.json is damaged")]
    [InlineData("future format", "format 99")]
    public void A_damaged_checkpoint_is_passed_over_with_its_reason(string damage, string reason)
    {
        using TemporaryFolder folder = new();
        ShiftPolicy older = Trained(2), newer = Trained(5), restored = new(6);
        CheckpointStore store = new(folder.Path);
        store.Save(new TrainerState(4, 8), older, Settings);
        store.Save(new TrainerState(8, 16), newer, Settings);
        string checkpoint = Path.Combine(folder.Path, "iteration-00000008");
        Damage(checkpoint, damage);

        TrainerState? state = store.Restore(restored, Settings);

        Assert.Equal(4, state!.Iteration);
        Assert.Equal(older.Weights, restored.Weights);
        SkippedCheckpoint skipped = Assert.Single(store.Skipped);
        Assert.Equal(checkpoint, skipped.Folder);
        Assert.Contains(reason, skipped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_only_damaged_checkpoints_stops_instead_of_starting_over()
    {
        using TemporaryFolder folder = new();
        CheckpointStore store = new(folder.Path);
        store.Save(new TrainerState(4, 8), Trained(2), Settings);
        Damage(Path.Combine(folder.Path, "iteration-00000004"), "flipped");

        Assert.Contains("SHA-256", Assert.Throws<InvalidDataException>(() => store.Restore(new ShiftPolicy(6), Settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_checkpoint_is_replaced_when_its_iteration_comes_round_again()
    {
        using TemporaryFolder folder = new();
        CheckpointStore store = new(folder.Path);
        store.Save(new TrainerState(4, 8), Trained(2), Settings);
        Damage(Path.Combine(folder.Path, "iteration-00000004"), "flipped");

        store.Save(new TrainerState(4, 8), Trained(2), Settings);

        Assert.NotNull(store.Restore(new ShiftPolicy(6), Settings));
        Assert.Single(Directory.GetDirectories(folder.Path));
    }

    [Fact]
    public void Other_settings_are_refused_line_by_line_unless_allowed()
    {
        using TemporaryFolder folder = new();
        new CheckpointStore(folder.Path).Save(new TrainerState(4, 8), Trained(2), Settings);
        GrpoOptions changed = Settings with
        {
            LearningRate = 0.01, Noise = new CpsRule(0.8), Advantage = Settings.Advantage with { Weights = new Dictionary<string, double> { ["rot"] = 2 } },
        };
        CheckpointStore tolerant = new(folder.Path, new CheckpointOptions { AllowChangedSettings = true });

        CheckpointSettingsException refusal = Assert.Throws<CheckpointSettingsException>(() => new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), changed));
        TrainerState? state = tolerant.Restore(new ShiftPolicy(6), changed);

        Assert.Contains("learningRate: 0.05 in the checkpoint, 0.01 now", refusal.Differences);
        Assert.Contains("noise.kind: \"flow\" in the checkpoint, \"cps\" now", refusal.Differences);
        Assert.Contains("advantage.weights.rot: not set in the checkpoint, 2 now", refusal.Differences);
        Assert.Contains("learningRate", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(4, state!.Iteration);
        Assert.Equal(refusal.Differences, tolerant.ChangedSettings);
    }

    [Fact]
    public void A_longer_run_and_other_checkpoint_intervals_are_no_other_settings()
    {
        using TemporaryFolder folder = new();
        new CheckpointStore(folder.Path).Save(new TrainerState(4, 8), Trained(2), Settings);

        Assert.NotNull(new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), Settings with { Iterations = 999, CheckpointEvery = 1, OverlapScoring = true }));
    }

    [Fact]
    public void A_longer_run_is_another_one_where_the_learning_rate_falls_towards_its_end()
    {
        using TemporaryFolder folder = new();
        GrpoOptions falling = Settings with { FinalLearningRateShare = 0.1 };
        new CheckpointStore(folder.Path).Save(new TrainerState(4, 8), Trained(2), falling);

        CheckpointSettingsException refusal = Assert.Throws<CheckpointSettingsException>(
            () => new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), falling with { Iterations = 80 }));

        Assert.Equal(["iterations: 40 in the checkpoint, 80 now"], refusal.Differences);
        Assert.NotNull(new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), falling with { CheckpointEvery = 1 }));
    }

    [Fact]
    public void Rules_of_a_users_own_are_kept_and_compared_like_any_other()
    {
        using TemporaryFolder folder = new();
        GrpoOptions own = Settings with { Noise = new HalvedNoise(0.4), Window = new EveryOtherStep(2) };

        new CheckpointStore(folder.Path).Save(new TrainerState(4, 8), Trained(2), own);

        Assert.NotNull(new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), own));
        IReadOnlyList<string> differences = Assert.Throws<CheckpointSettingsException>(
            () => new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), own with { Noise = new HalvedNoise(0.5) })).Differences;
        Assert.Equal(["noise.scale: 0.4 in the checkpoint, 0.5 now"], differences);
        Assert.Contains("noise.kind", Assert.Throws<CheckpointSettingsException>(
            () => new CheckpointStore(folder.Path).Restore(new ShiftPolicy(6), own with { Noise = Settings.Noise })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_checkpoint_stays_although_a_damaged_one_of_a_later_iteration_is_there()
    {
        using TemporaryFolder folder = new();
        CheckpointStore store = new(folder.Path, new CheckpointOptions { KeepNewest = 1, KeepEvery = 4 });
        store.Save(new TrainerState(4, 8), Trained(2), Settings);
        store.Save(new TrainerState(8, 16), Trained(3), Settings);
        Damage(Path.Combine(folder.Path, "iteration-00000008"), "flipped");

        store.Save(new TrainerState(6, 12), Trained(5), Settings);

        Assert.Equal(6, store.Restore(new ShiftPolicy(6), Settings)!.Iteration);
    }

    [Fact]
    public void A_manifest_that_says_nothing_is_damaged()
    {
        using TemporaryFolder folder = new();
        CheckpointStore store = new(folder.Path);
        store.Save(new TrainerState(4, 8), Trained(2), Settings);
        store.Save(new TrainerState(8, 16), Trained(3), Settings);
        File.WriteAllText(Path.Combine(folder.Path, "iteration-00000008", "manifest.json"), "null");

        Assert.Equal(4, store.Restore(new ShiftPolicy(6), Settings)!.Iteration);
        Assert.Contains("manifest.json is damaged", Assert.Single(store.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_checkpoints_go_except_the_milestones()
    {
        using TemporaryFolder folder = new();
        CheckpointStore store = new(folder.Path, new CheckpointOptions { KeepNewest = 2, KeepEvery = 10 });

        for (int i = 2; i <= 26; i += 2) store.Save(new TrainerState(i, i), Trained(1), Settings);

        Assert.Equal(["iteration-00000010", "iteration-00000020", "iteration-00000024", "iteration-00000026"],
            Directory.GetDirectories(folder.Path).Select(f => Path.GetFileName(f)!).Order());
    }

    [Fact]
    public void A_process_that_does_not_write_leaves_nothing()
    {
        using TemporaryFolder folder = new();

        new CheckpointStore(folder.Path, new CheckpointOptions { Writes = false }).Save(new TrainerState(4, 8), Trained(2), Settings);

        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_failure_at_any_file_operation_leaves_a_checkpoint_to_resume_from()
    {
        int operations = Count();
        Assert.InRange(operations, 10, 40);
        for (int failing = 0; failing < operations; failing++)
        {
            foreach (bool half in new[] { false, true })
            {
                using TemporaryFolder folder = new();
                ShiftPolicy older = Trained(2), newer = Trained(5), restored = new(6);
                Prepared(folder, older);
                CheckpointStore failingStore = new(folder.Path, new CheckpointOptions { KeepNewest = 2 }, new FailingFiles(failing, half));

                Assert.Throws<IOException>(() => failingStore.Save(new TrainerState(12, 24), newer, Settings));

                CheckpointStore store = new(folder.Path, new CheckpointOptions { KeepNewest = 2 });
                TrainerState state = store.Restore(restored, Settings)!;
                Assert.Empty(store.Skipped);
                Assert.True(state.Iteration is 8 or 12, $"Operation {failing}: restored iteration {state.Iteration}.");
                Assert.Equal(state.Iteration == 12 ? newer.Weights : older.Weights, restored.Weights);

                // The next save cleans up and succeeds.
                store.Save(new TrainerState(16, 32), newer, Settings);
                Assert.Equal([$"iteration-{state.Iteration:D8}", "iteration-00000016"], Directory.GetDirectories(folder.Path).Select(f => Path.GetFileName(f)!).Order());
            }
        }

        static int Count()
        {
            using TemporaryFolder folder = new();
            Prepared(folder, Trained(2));
            FailingFiles counting = new(int.MaxValue, false);
            new CheckpointStore(folder.Path, new CheckpointOptions { KeepNewest = 2 }, counting).Save(new TrainerState(12, 24), Trained(5), Settings);
            return counting.Calls;
        }

        static void Prepared(TemporaryFolder folder, ShiftPolicy policy)
        {
            CheckpointStore store = new(folder.Path, new CheckpointOptions { KeepNewest = 2 });
            store.Save(new TrainerState(4, 8), policy, Settings);
            store.Save(new TrainerState(8, 16), policy, Settings);
        }
    }

    [Fact]
    public void A_failure_while_the_only_checkpoint_is_replaced_leaves_one_of_the_two()
    {
        // A roll-back saves the state of the checkpoint it went back to under the same name.
        TrainerState old = new(8, 16), rolledBack = new(8, 16, 0.5, 1);
        int operations = Replace(int.MaxValue, false, _ => { });
        for (int failing = 0; failing < operations; failing++)
        {
            foreach (bool half in new[] { false, true })
            {
                Replace(failing, half, folder =>
                {
                    ShiftPolicy restored = new(6);
                    CheckpointStore store = new(folder, new CheckpointOptions { KeepNewest = 1 });
                    TrainerState? state = store.Restore(restored, Settings);
                    Assert.True(state == old || state == rolledBack, $"Operation {failing} ({half}): restored {state}.");
                    Assert.Equal(Trained(3).Weights, restored.Weights);
                    Assert.Empty(store.Skipped);

                    // A save that fails in turn does not lose it either.
                    Assert.Throws<InvalidOperationException>(() => store.Save(new TrainerState(12, 24), new ToyPolicy([[0]], [1], [0], 0), Settings));
                    Assert.Equal(state, store.Restore(restored, Settings));

                    store.Save(new TrainerState(12, 24), restored, Settings);
                    Assert.Equal(["iteration-00000012"], Directory.GetDirectories(folder).Select(f => Path.GetFileName(f)!));
                });
            }
        }

        int Replace(int failing, bool half, Action<string> check)
        {
            using TemporaryFolder folder = new();
            new CheckpointStore(folder.Path).Save(old, Trained(3), Settings);
            FailingFiles files = new(failing, half);
            CheckpointStore store = new(folder.Path, new CheckpointOptions { KeepNewest = 1 }, files);
            if (failing == int.MaxValue) store.Save(rolledBack, Trained(3), Settings);
            else Assert.Throws<IOException>(() => store.Save(rolledBack, Trained(3), Settings));
            check(folder.Path);
            return files.Calls;
        }
    }

    [Fact]
    public void An_optimizer_that_fails_to_save_leaves_the_earlier_checkpoint()
    {
        using TemporaryFolder folder = new();
        CheckpointStore store = new(folder.Path);
        store.Save(new TrainerState(4, 8), Trained(2), Settings);

        Assert.Throws<InvalidOperationException>(() => store.Save(new TrainerState(8, 16), new ToyPolicy([[0]], [1], [0], 0), Settings));

        Assert.Equal(4, store.Restore(new ShiftPolicy(6), Settings)!.Iteration);
        Assert.Empty(store.Skipped);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public async Task A_run_that_was_stopped_goes_on_bit_for_bit(int stopAfter)
    {
        using TemporaryFolder folder = new();
        GrpoOptions options = Settings with { Iterations = 14, Ema = new EmaOptions(0.9, 3) };
        ShiftPolicy whole = new(6), first = new(6), second = new(6);
        ToyTask wholeTask = new(), secondTask = new();
        await new GrpoTrainer<int>(options, wholeTask.With(whole)).RunAsync();
        using CancellationTokenSource stop = new();
        ToyTask firstTask = new() { AfterIteration = r => { if (r.Iteration == stopAfter - 1) stop.Cancel(); } };

        await new GrpoTrainer<int>(options, firstTask.With(first) with { Checkpoints = new CheckpointStore(folder.Path) }).RunAsync(stop.Token);
        TrainerState end = await new GrpoTrainer<int>(options, secondTask.With(second) with { Checkpoints = new CheckpointStore(folder.Path) }).RunAsync();

        Assert.Equal(new TrainerState(14, 28), end);
        Assert.Equal(Enumerable.Range(stopAfter, 14 - stopAfter), secondTask.Reports.Select(r => r.Iteration));
        Assert.Equal(whole.Weights, second.Weights);
        Assert.Equal(whole.Average, second.Average);
        Assert.Equivalent(wholeTask.Reports[^1].Updates, secondTask.Reports[^1].Updates, strict: true);
    }

    [Theory]
    [InlineData("rollout", 6)]
    [InlineData("scoring", 6)]
    [InlineData("first update", 6)]
    [InlineData("second update", 4)]        // the first has moved the weights: only the checkpoint every 4 iterations is good
    public async Task A_run_that_was_stopped_in_an_iteration_keeps_the_iterations_done(string place, int goesOnAt)
    {
        using TemporaryFolder folder = new();
        GrpoOptions options = Settings with { Iterations = 10 };
        ShiftPolicy whole = new(6), second = new(6);
        await new GrpoTrainer<int>(options, new ToyTask().With(whole)).RunAsync();
        using CancellationTokenSource stop = new();
        ToyTask task = new();
        StopsAt observer = new(6, place, stop);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new GrpoTrainer<int>(options, task.With(new ShiftPolicy(6)) with
        {
            Observer = observer, Scorer = observer, Checkpoints = new CheckpointStore(folder.Path),
        }).RunAsync(stop.Token));
        ToyTask rest = new();
        await new GrpoTrainer<int>(options, rest.With(second) with { Checkpoints = new CheckpointStore(folder.Path) }).RunAsync();

        Assert.Equal(goesOnAt, rest.Reports[0].Iteration);
        Assert.Equal(whole.Weights, second.Weights);
    }

    [Fact]
    public async Task A_run_that_was_killed_in_an_iteration_goes_on_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        string log = folder.File("log.jsonl");
        GrpoOptions options = Settings with { Iterations = 14 };
        ShiftPolicy whole = new(6), second = new(6);
        ToyTask broken = new() { Failure = (iteration, _) => iteration == 10 ? throw new IOException("killed") : null };
        await new GrpoTrainer<int>(options, new ToyTask().With(whole)).RunAsync();
        TrainerParts<int> With(TrainerParts<int> parts) => parts with { Checkpoints = new CheckpointStore(folder.File("checkpoints")), Log = new JsonlLog(log) };

        await Assert.ThrowsAsync<IOException>(() => new GrpoTrainer<int>(options, With(broken.With(new ShiftPolicy(6)))).RunAsync());
        ToyTask rest = new();
        await new GrpoTrainer<int>(options, With(rest.With(second))).RunAsync();

        Assert.Equal(whole.Weights, second.Weights);
        Assert.Equal(8, rest.Reports[0].Iteration);                        // checkpoints come every 4 iterations
        Assert.Equal(Enumerable.Range(0, 14), File.ReadLines(log).Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("iteration").GetInt32()));
    }

    private static ShiftPolicy Trained(int updates)
    {
        ShiftPolicy policy = new(6);
        for (int u = 0; u < updates; u++)
        {
            for (int i = 0; i < 6; i++) policy.Gradients[i] = MathF.Sin(u * 6 + i);
            policy.ApplyUpdate(0.1, 1);
        }

        return policy;
    }

    private static void Damage(string checkpoint, string damage)
    {
        string data = Path.Combine(checkpoint, "policy.bin"), manifest = Path.Combine(checkpoint, "manifest.json"), state = Path.Combine(checkpoint, "state.json");
        switch (damage)
        {
            case "truncated":
                File.WriteAllBytes(data, File.ReadAllBytes(data)[..^3]);
                break;
            case "flipped":
                byte[] bytes = File.ReadAllBytes(data);
                bytes[10] ^= 1;
                File.WriteAllBytes(data, bytes);
                break;
            case "deleted":
                File.Delete(data);
                break;
            case "manifest gone":
                File.Delete(manifest);
                break;
            case "manifest cut":
                File.WriteAllText(manifest, File.ReadAllText(manifest)[..40]);
                break;
            case "state changed":
                File.WriteAllText(state, File.ReadAllText(state).Replace("\"iteration\": 8", "\"iteration\": 9", StringComparison.Ordinal));
                break;
            case "future format":
                File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));
                break;
            default:
                throw new ArgumentException(damage);
        }
    }

    private sealed class StopsAt(int iteration, string place, CancellationTokenSource stop) : ITrainingObserver<int>, IRolloutScorer<int>
    {
        private int _iteration, _backward;

        public void Stepped(int group, int step, int steps) => StopIf("rollout");

        public void Backpropagated(int done, int total)
        {
            _backward += done == 1 ? 1 : 0;
            StopIf(_backward == 1 ? "first update" : "second update");
        }

        public void Finished(IterationReport report) => (_iteration, _backward) = (report.Iteration + 1, 0);

        public Task<RewardTable> ScoreAsync(RolloutGroup<int, float> group, CancellationToken token)
        {
            StopIf("scoring");
            token.ThrowIfCancellationRequested();
            return new ToyTask().ScoreAsync(group, token);
        }

        private void StopIf(string here)
        {
            if (_iteration == iteration && here == place) stop.Cancel();
        }
    }

    private sealed record HalvedNoise(double Scale) : StepRule
    {
        protected override FlowStep Create(SigmaSchedule schedule, int index) => Sde(schedule[index], schedule[index + 1], Scale * schedule[index] / 2);
    }

    private sealed record EveryOtherStep(int Length) : WindowRule
    {
        public override IEnumerable<string> Problems(int steps) => [];

        protected override SdeWindow Choose(int iteration, int group, int steps, ulong seed) => new(2 * iteration % (steps - Length), Length);
    }

    /// <summary>The real operations, until one of them fails: before it begins, or half done.</summary>
    private sealed class FailingFiles(int failing, bool half) : IFileOperations
    {
        private readonly DurableFiles _real = new();

        public int Calls { get; private set; }

        public void CreateFolder(string path) => Do(() => _real.CreateFolder(path), null);

        public void Write(string path, byte[] content) => Do(() => _real.Write(path, content), () => File.WriteAllBytes(path, content[..(content.Length / 2)]));

        public (long Bytes, string Sha256) Settle(string path)
        {
            (long, string) result = default;
            Do(() => result = _real.Settle(path), null);
            return result;
        }

        public void SettleFolder(string path) => Do(() => _real.SettleFolder(path), null);

        public void Rename(string from, string to) => Do(() => _real.Rename(from, to), null);

        public void DeleteFolder(string path) => Do(() => _real.DeleteFolder(path), () => File.Delete(Directory.GetFiles(path)[0]));

        private void Do(Action operation, Action? halfOfIt)
        {
            if (Calls++ != failing)
            {
                operation();
                return;
            }

            if (half) (halfOfIt ?? operation)();
            throw new IOException($"operation {failing} failed");
        }
    }
}
