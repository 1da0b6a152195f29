#pragma warning disable CA2201 // What the libraries throw is thrown here in their place.
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class DeviceStagesTests
{
    private readonly List<string> _moves = [];

    [Fact]
    public void A_part_is_on_the_device_only_while_a_stage_needs_it()
    {
        DeviceStages stages = Stages(offload: true);

        stages.Run(WorkStage.Text, () => _moves.Add("text"));
        stages.Run(WorkStage.Encode, () => _moves.Add("encode"));
        stages.Run(WorkStage.Rollout, () => _moves.Add("rollout"));
        stages.Run(WorkStage.Decode, () => _moves.Add("decode"));

        Assert.Equal(
        [
            "words out", "vae out", "clip out",                                         // on being added
            "words in", "text", "words out",
            "vae in", "clip in", "encode", "vae out", "clip out",
            "rollout",
            "vae in", "decode", "vae out",
        ], _moves);
    }

    [Fact]
    public void Without_offloading_nothing_is_moved()
    {
        DeviceStages stages = Stages(offload: false);

        int answer = stages.Run(WorkStage.Encode, () => 42);

        Assert.Equal(42, answer);
        Assert.Empty(_moves);
    }

    [Fact]
    public async Task Asynchronous_work_keeps_its_parts_until_it_ends()
    {
        DeviceStages stages = Stages(offload: true);
        _moves.Clear();

        await stages.RunAsync(WorkStage.Decode, async () =>
        {
            await Task.Yield();
            _moves.Add("decode");
            return 0;
        });

        Assert.Equal(["vae in", "decode", "vae out"], _moves);
    }

    [Fact]
    public async Task Stages_that_need_parts_run_one_at_a_time()
    {
        DeviceStages stages = Stages(offload: true);
        int inside = 0, most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => stages.RunAsync(i % 2 == 0 ? WorkStage.Decode : WorkStage.Text, async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(2);
            return Interlocked.Decrement(ref inside);
        }))));

        Assert.Equal(1, most);
    }

    [Fact]
    public void Parts_leave_again_when_the_work_fails()
    {
        DeviceStages stages = Stages(offload: true);
        _moves.Clear();

        Assert.Throws<FormatException>(() => stages.Run(WorkStage.Decode, () => throw new FormatException("bad")));
        stages.Run(WorkStage.Text, () => { });

        Assert.Equal(["vae in", "vae out", "words in", "words out"], _moves);
    }

    [Fact]
    public async Task A_stage_inside_of_a_stage_is_refused_instead_of_waiting_for_ever()
    {
        DeviceStages stages = Stages(offload: true);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            stages.Run(WorkStage.Encode, () => stages.Run(WorkStage.Decode, () => { })));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            stages.RunAsync(WorkStage.Encode, () => stages.RunAsync(WorkStage.Decode, () => Task.FromResult(0))));

        Assert.Contains("Decode was begun inside of the stage Encode", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, stages.Run(WorkStage.Encode, () => stages.Run(WorkStage.Rollout, () => 1)));        // needs no part
    }

    [Fact]
    public void A_part_without_a_stage_and_a_part_added_twice_are_refused()
    {
        DeviceStages stages = new(offload: true);
        RecordingPart part = new("vae", _moves);
        stages.Add(part, WorkStage.Decode);

        Assert.Contains("added before", Assert.Throws<ArgumentException>(() => stages.Add(part, WorkStage.Encode)).Message, StringComparison.Ordinal);
        Assert.Contains("no stage", Assert.Throws<ArgumentException>(() => stages.Add(new RecordingPart("clip", _moves), 0)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<Exception> Exhausted =>
    [
        new ExternalException("[enforce fail at alloc_cpu.cpp:75] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes. Error code 12"),
        new ExternalException("DefaultCPUAllocator: not enough memory: you tried to allocate 34359738368 bytes."),
        new ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 79.10 GiB total capacity)\nException raised from malloc"),
        new ExternalException("CPU memory: no block of 34359738368 bytes; 12 bytes are in use"),
        new ExternalException("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate(handle)"),
        new OutOfMemoryException("Array dimensions exceeded supported range."),
        new InvalidOperationException("The estimator failed.", new ExternalException("CUDA out of memory.")),
    ];

    [Theory]
    [MemberData(nameof(Exhausted))]
    public async Task Exhausted_memory_is_reported_with_the_stage_and_what_to_reduce(Exception cause)
    {
        foreach (bool offload in new[] { false, true })
        {
            DeviceStages stages = Stages(offload);
            Func<int> fails = () => throw cause;

            StageMemoryException decode = Assert.Throws<StageMemoryException>(() => stages.Run(WorkStage.Decode, fails));
            StageMemoryException reward = await Assert.ThrowsAsync<StageMemoryException>(() => stages.RunAsync(WorkStage.Reward, () => Task.FromException<int>(cause)));

            Assert.Equal((WorkStage.Decode, cause), (decode.Stage, decode.InnerException));
            Assert.Contains("while decoding the video", decode.Message, StringComparison.Ordinal);
            Assert.All(new[] { "fewer frames", "smaller picture", "tiles", "bfloat16", "offloading" }, word => Assert.Contains(word, decode.Message, StringComparison.Ordinal));
            Assert.DoesNotContain('\n', decode.Message);
            Assert.Contains("while scoring videos", reward.Message, StringComparison.Ordinal);
            Assert.Contains("smaller group", reward.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Memory_that_runs_out_while_a_part_comes_in_is_reported_alike_and_the_part_leaves()
    {
        DeviceStages stages = new(offload: true);
        stages.Add(new RecordingPart("words", _moves), WorkStage.Text);
        stages.Add(new RecordingPart("large", _moves) { OnTheWayIn = new ExternalException("CUDA out of memory.") }, WorkStage.Text);
        _moves.Clear();

        Assert.Throws<StageMemoryException>(() => stages.Run(WorkStage.Text, () => { }));

        Assert.Equal(["words in", "large in", "words out", "large out"], _moves);
    }

    [Fact]
    public void Real_native_exhaustion_has_a_message_that_is_recognised()
    {
        DeviceStages stages = new();

        StageMemoryException error = Assert.Throws<StageMemoryException>(() => stages.Run(WorkStage.Rollout, () =>
        {
            using Tensor impossible = empty([1L << 50], dtype: ScalarType.Float32);
        }));

        Assert.Contains("while generating latents", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_stage_has_a_message_of_its_own_and_an_explained_failure_is_not_explained_again()
    {
        StageMemoryException[] errors = [.. Enum.GetValues<WorkStage>().Select(stage => new StageMemoryException(stage, new OutOfMemoryException()))];

        Assert.Equal(errors.Length, errors.Select(e => e.Message).Distinct().Count());
        Assert.All(errors, e => Assert.DoesNotContain($"working on {e.Stage}", e.Message, StringComparison.Ordinal));
        Assert.False(StageMemoryException.IsCause(errors[0]));
        Assert.False(StageMemoryException.IsCause(new ExternalException("The size of tensor a (3) must match the size of tensor b (4)")));
    }

    [Fact]
    public void A_network_in_training_is_not_movable()
    {
        using RedirectorPolicy policy = new(RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 1));

        Assert.Contains("blocks.0.self_attn", Assert.Throws<ArgumentException>(() => new MovableModule("network", policy.Network, CPU)).Message, StringComparison.Ordinal);
    }

    private DeviceStages Stages(bool offload)
    {
        DeviceStages stages = new(offload);
        stages.Add(new RecordingPart("words", _moves), WorkStage.Text);
        stages.Add(new RecordingPart("vae", _moves), WorkStage.Encode | WorkStage.Decode);
        stages.Add(new RecordingPart("clip", _moves), WorkStage.Encode);
        return stages;
    }
}
