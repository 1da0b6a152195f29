using static TorchSharp.torch;

namespace GeoAlign.Models.Tests.Planning;

public class MemoryPlanTests
{
    private const long GiB = 1L << 30;

    private static readonly MemoryPlanRequest _paper = new()
    {
        Network = RedirectorConfig.Release, Shape = LatentShape.ForVideo(81, 480, 832), GroupSize = 12, Training = new TrainingMemory(),
    };

    [Fact]
    public void Weights_are_counted_in_the_types_they_are_kept_in()
    {
        MemoryPlan plan = MemoryPlan.Of(_paper);
        // 1,662,761,792 numbers; norms, modulation, the time path, the head and the 329,840,640 of self-attention stay in float32.
        Assert.InRange(Resident(plan, WorkStage.Rollout, "transformer"), 2 * 1_662_761_792L + 2 * 329_840_640L, 2 * 1_662_761_792L + 2 * 350_000_000L);
        Assert.Equal(4 * 1_662_761_792L, Resident(MemoryPlan.Of(_paper with { NetworkType = ScalarType.Float32 }), WorkStage.Rollout, "transformer"));
        Assert.InRange(Resident(plan, WorkStage.Text, "text encoder"), 2 * 5_680_910_336L, 2 * 5_681_500_000L);
        Assert.InRange(Resident(plan, WorkStage.Decode, "autoencoder"), 2 * 126_892_531L, 2 * 127_500_000L);
    }

    [Fact]
    public void The_optimiser_has_two_numbers_for_each_that_is_trained()
    {
        Assert.Equal(8 * 329_840_640L, Resident(MemoryPlan.Of(_paper), WorkStage.Update, "optimiser"));
        Assert.Equal(8 * 283_392_000L, Resident(
            MemoryPlan.Of(_paper with { Training = new TrainingMemory { Selection = WeightSelection.SelfAttention(withPhaseLayers: false) } }), WorkStage.Update, "optimiser"));
        // Rank 16 beside q, k, v and o of 30 blocks: 16 · (1536 + 1536) · 4 · 30.
        Assert.Equal(8 * 5_898_240L, Resident(MemoryPlan.Of(_paper with { Training = new TrainingMemory { Lora = new LoraOptions { Rank = 16 } } }), WorkStage.Update, "optimiser"));
        Assert.Equal(4 * 329_840_640L, Resident(MemoryPlan.Of(_paper with { Training = new TrainingMemory { KeepAverage = true } }), WorkStage.Text, "moving average"));
    }

    [Fact]
    public void Offloading_leaves_on_the_device_what_the_stage_needs()
    {
        MemoryPlan stays = MemoryPlan.Of(_paper), moves = MemoryPlan.Of(_paper with { Offload = true });

        Assert.Contains(stays.Stages.Single(s => s.Stage == WorkStage.Update).Items, i => i.Name == "text encoder");
        Assert.DoesNotContain(moves.Stages.Single(s => s.Stage == WorkStage.Update).Items, i => i.Name == "text encoder");
        Assert.Contains(moves.Stages.Single(s => s.Stage == WorkStage.Text).Items, i => i.Name == "transformer");        // in training it cannot be moved
        Assert.DoesNotContain(MemoryPlan.Of(_paper with { Offload = true, Training = null }).Stages.Single(s => s.Stage == WorkStage.Text).Items, i => i.Name == "transformer");
        Assert.True(moves.DeviceBytes < stays.DeviceBytes);
        Assert.True(moves.HostBytes > stays.HostBytes);
    }

    [Fact]
    public void A_text_encoder_that_works_first_is_alone_on_the_device()
    {
        MemoryPlan plan = MemoryPlan.Of(_paper with { TextFirst = true });

        Assert.Equal(["text encoder", "2 prompts"], plan.Stages.Single(s => s.Stage == WorkStage.Text).Items.Select(i => i.Name));
        Assert.All(plan.Stages.Where(s => s.Stage != WorkStage.Text), s => Assert.DoesNotContain(s.Items, i => i.Name == "text encoder"));
    }

    [Fact]
    public void Prompts_that_pass_together_share_the_position_table()
    {
        long one = Work(MemoryPlan.Of(_paper with { PromptsAtOnce = 1 }), WorkStage.Text), eight = Work(MemoryPlan.Of(_paper with { PromptsAtOnce = 8 }), WorkStage.Text);
        Assert.Equal(8 * one - 7 * (4L * 64 + 8) * 512 * 512, eight);
    }

    [Fact]
    public void A_run_that_fits_needs_no_advice() => Assert.Empty(MemoryPlan.Of(_paper).Advice(1000 * GiB));

    [Fact]
    public void Advice_is_what_lessens_the_need_and_says_how_far()
    {
        MemoryPlan plan = MemoryPlan.Of(_paper with { NetworkType = ScalarType.Float32, MembersAtOnce = 12, Training = new TrainingMemory { RecomputeActivations = false } });
        IReadOnlyList<MemoryAdvice> advice = plan.Advice(80 * GiB);

        Assert.All(advice, a => Assert.True(a.DeviceBytes < plan.DeviceBytes));
        Assert.Equal("all of these", advice[0].Change);
        Assert.Contains(advice, a => a.Change.Contains("recompute activations", StringComparison.Ordinal));
        Assert.Contains(advice, a => a.Change.Contains("one rollout at a time", StringComparison.Ordinal));
        Assert.Equal(advice.OrderBy(a => a.DeviceBytes), advice);
        Assert.True(advice[0].DeviceBytes < 80 * GiB);
    }

    [Fact]
    public void Scores_count_only_where_no_kernel_is_fused()
    {
        MemoryPlan fused = MemoryPlan.Of(_paper), portions = MemoryPlan.Of(_paper with { Attention = AttentionMemory.Portions });
        long difference = Work(portions, WorkStage.Rollout) - Work(fused, WorkStage.Rollout);
        Assert.InRange(difference, 0, 2 * 2L * (1 << 26));        // never more than 2^26 scores, held twice, in bfloat16
    }

    [Fact]
    public void More_frames_more_members_and_more_precision_need_more()
    {
        long plain = MemoryPlan.Of(_paper).DeviceBytes;
        Assert.True(MemoryPlan.Of(_paper with { Shape = LatentShape.ForVideo(161, 480, 832) }).DeviceBytes > plain);
        Assert.True(MemoryPlan.Of(_paper with { MembersAtOnce = 2 }).DeviceBytes > plain);
        Assert.True(MemoryPlan.Of(_paper with { NetworkType = ScalarType.Float32 }).DeviceBytes > plain);
        Assert.True(MemoryPlan.Of(_paper with { Training = null }).DeviceBytes < plain);
    }

    [Fact]
    public void Video_memory_follows_the_tile()
    {
        MemoryPlan whole = MemoryPlan.Of(_paper), tiled = MemoryPlan.Of(_paper with { Tiling = VaeTiling.Pipeline });
        Assert.Equal(4.0, (double)Work(whole, WorkStage.Decode) / Work(tiled, WorkStage.Decode), 2);        // 60×104 cells in tiles of 30×52
    }

    [Fact]
    public void Impossible_requests_are_refused_with_all_reasons()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => MemoryPlan.Of(_paper with { MembersAtOnce = 0, PromptsAtOnce = 0, Allowance = 1, TextType = ScalarType.Float64 }));
        Assert.Contains("MembersAtOnce is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("PromptsAtOnce is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Allowance is 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("TextType is Float64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_names_every_stage_and_the_largest()
    {
        string table = MemoryPlan.Of(_paper).ToString();
        foreach (string stage in new[] { "text", "encode", "rollout", "decode", "update" }) Assert.Contains($"\n{stage} ", table, StringComparison.Ordinal);
        Assert.Equal(2, table.Split("← the most").Length);
    }

    private static long Resident(MemoryPlan plan, WorkStage stage, string name) => plan.Stages.Single(s => s.Stage == stage).Items.Single(i => i.Name == name && i.Resident).Bytes;

    private static long Work(MemoryPlan plan, WorkStage stage) => plan.Stages.Single(s => s.Stage == stage).Items.Where(i => !i.Resident).Sum(i => i.Bytes);
}
