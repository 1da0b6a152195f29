using GeoAlign.Geometry;
using GeoAlign.Grpo;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

public class GenerationPipelineTests
{
    [Theory]
    [InlineData(false, "sample.f32t.latents")]
    [InlineData(true, "sample.bf16t.latents")]
    public void Four_guided_steps_from_clip_and_paths_meet_the_golden_latents(bool roundTimestep, string golden)
    {
        using RedirectorFixture fixture = new();
        GenerationPipeline pipeline = new(fixture.Network, new GivenLatents(RedirectorFixture.Golden["in.y"].Floats()));
        GenerationRequest request = new()
        {
            Clip = TinySystem.Clip(5), InitialNoise = RedirectorFixture.Golden["in.latents"].Floats(),
            Source = CameraRows.Poses(RedirectorFixture.Golden["in.traj_cond"].Values), Target = CameraRows.Poses(RedirectorFixture.Golden["in.traj"].Values),
            Intrinsics = CameraRows.Intrinsics(RedirectorFixture.Golden["in.traj"].Values.AsSpan(0, CameraRows.Length)),
            PromptFeatures = RedirectorFixture.Inputs.Text, NegativePromptFeatures = RedirectorFixture.Inputs.NegativeText, ImageFeatures = RedirectorFixture.Inputs.Image,
        };

        GeneratedVideo video = pipeline.Generate(request, new GenerationOptions { Steps = 4, RoundTimestepToBFloat16 = roundTimestep });

        Near.Equal(RedirectorFixture.Golden[golden].Row(3).ToArray(), video.Latents.Span, 5e-5, what: "latents after four steps");
    }

    [Fact]
    public void A_clip_two_paths_and_prompts_become_a_video_and_the_same_seed_gives_the_same_one()
    {
        using TinySystem system = new();
        GenerationPipeline pipeline = system.Pipeline();

        GeneratedVideo video = pipeline.Generate(TinySystem.Request, TinySystem.Short);
        GeneratedVideo again = system.Pipeline().Generate(TinySystem.Request, TinySystem.Short);
        GeneratedVideo other = pipeline.Generate(TinySystem.Request, TinySystem.Short with { Seed = 12 });

        Assert.Equal((32, 32, 5, 15.0), (video.Frames.WidthPixels, video.Frames.HeightPixels, video.Frames.FrameCount, video.Frames.FramesPerSecond));
        Assert.Equal(video.Latents.ToArray(), again.Latents.ToArray());
        Assert.Equal(video.Frames.Rgb24.ToArray(), again.Frames.Rgb24.ToArray());
        Assert.NotEqual(video.Latents.ToArray(), other.Latents.ToArray());
    }

    public static TheoryData<string, GenerationRequest> Changes => new()
    {
        { "prompt", TinySystem.Request with { Prompt = "the cat" } },
        { "negative prompt", TinySystem.Request with { NegativePrompt = "the cat" } },
        { "clip", TinySystem.Request with { Clip = new VideoFrames(new byte[5 * 32 * 32 * 3], 32, 32, 5, 15) } },
        { "source", TinySystem.Request with { Source = TrajectoryPresets.Dolly(5, 0.2) } },
        { "target", TinySystem.Request with { Target = TrajectoryPresets.Pan(5, 0.3) } },
        { "intrinsics", TinySystem.Request with { Intrinsics = new NormalisedIntrinsics(0.7, 0.9) } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Everything_in_a_request_matters(string what, GenerationRequest changed)
    {
        using TinySystem system = new();
        GenerationPipeline pipeline = system.Pipeline();

        float[] before = pipeline.Generate(TinySystem.Request, TinySystem.Short).Latents.ToArray(), after = pipeline.Generate(changed, TinySystem.Short).Latents.ToArray();

        Assert.False(before.AsSpan().SequenceEqual(after), what);
    }

    [Fact]
    public void At_guidance_1_the_negative_prompt_is_neither_needed_nor_used()
    {
        using TinySystem system = new();
        GenerationOptions unguided = TinySystem.Short with { GuidanceScale = 1 };
        List<GenerationProgress> progress = [];

        float[] first = system.Pipeline().Generate(TinySystem.Request, unguided, new RelayedProgress<GenerationProgress>(progress.Add)).Latents.ToArray();
        float[] second = system.Pipeline().Generate(TinySystem.Request with { NegativePrompt = "the cat" }, unguided).Latents.ToArray();

        Assert.Equal(first, second);
        Assert.Equal(new GenerationProgress(WorkStage.Text, 1, 1), progress[0]);
    }

    [Fact]
    public void Guidance_is_affine_in_its_scale()
    {
        using TinySystem system = new();
        GenerationPipeline pipeline = system.Pipeline();
        GenerationOptions one = new() { Steps = 1, Seed = 3 };

        float[] s1 = Latents(1), s2 = Latents(2), s5 = Latents(5);

        for (int i = 0; i < s1.Length; i++) Assert.Equal(s1[i] + 4 * (s2[i] - s1[i]), s5[i], 1e-4);
        float[] Latents(double scale) => pipeline.Generate(TinySystem.Request, one with { GuidanceScale = scale }).Latents.ToArray();
    }

    [Fact]
    public void Progress_names_every_step_of_every_stage_in_order()
    {
        using TinySystem system = new();
        List<GenerationProgress> progress = [];

        system.Pipeline().Generate(TinySystem.Request, TinySystem.Short, new RelayedProgress<GenerationProgress>(progress.Add));

        Assert.Equal(
        [
            new(WorkStage.Text, 2, 2),
            new(WorkStage.Encode, 1, 2), new(WorkStage.Encode, 2, 2),
            new(WorkStage.Rollout, 1, 3), new(WorkStage.Rollout, 2, 3), new(WorkStage.Rollout, 3, 3),
            new(WorkStage.Decode, 1, 2), new(WorkStage.Decode, 2, 2),
        ], progress);
    }

    [Fact]
    public void A_prompt_is_encoded_once()
    {
        using TinySystem system = new();
        GenerationPipeline pipeline = system.Pipeline();
        List<GenerationProgress> progress = [];
        pipeline.Generate(TinySystem.Request, TinySystem.Short);

        pipeline.Generate(TinySystem.Request with { NegativePrompt = "the cat" }, TinySystem.Short, new RelayedProgress<GenerationProgress>(progress.Add));

        Assert.Equal(new GenerationProgress(WorkStage.Text, 1, 1), progress[0]);
    }

    [Theory]
    [InlineData(WorkStage.Text)]
    [InlineData(WorkStage.Encode)]
    [InlineData(WorkStage.Rollout)]
    [InlineData(WorkStage.Decode)]
    public void Cancelling_ends_the_work_in_the_stage_it_is_asked_in(WorkStage at)
    {
        using TinySystem system = new();
        using CancellationTokenSource stop = new();
        List<GenerationProgress> progress = [];
        RelayedProgress<GenerationProgress> cancel = new(p =>
        {
            progress.Add(p);
            if (p.Stage == at) stop.Cancel();
        });

        Assert.ThrowsAny<OperationCanceledException>(() => system.Pipeline().Generate(TinySystem.Request, TinySystem.Short, cancel, stop.Token));

        Assert.Equal(at, progress[^1].Stage);
        Assert.Single(progress, p => p.Stage == at);
    }

    [Fact]
    public void Offloading_brings_in_what_each_stage_needs_and_changes_no_bit()
    {
        using TinySystem system = new();
        GeneratedVideo resident = system.Pipeline().Generate(TinySystem.Request, TinySystem.Short);
        DeviceStages stages = new(offload: true);
        stages.Add(new AbsentWeights("text encoder", system.Words), WorkStage.Text);
        stages.Add(new AbsentWeights("image encoder", system.Image), WorkStage.Encode);
        stages.Add(new AbsentWeights("autoencoder", system.Vae), WorkStage.Encode | WorkStage.Decode);
        stages.Add(new AbsentWeights("network", system.Network), WorkStage.Rollout);

        GeneratedVideo moved = system.Pipeline(stages).Generate(TinySystem.Request, TinySystem.Short);

        Assert.Equal(resident.Latents.ToArray(), moved.Latents.ToArray());
        Assert.Equal(resident.Frames.Rgb24.ToArray(), moved.Frames.Rgb24.ToArray());
        Assert.ThrowsAny<Exception>(() => system.Pipeline().Generate(TinySystem.Request, TinySystem.Short));       // all are away again
    }

    [Fact]
    public void Moving_modules_from_the_processor_to_itself_changes_no_bit()
    {
        using TinySystem system = new();
        float[] resident = system.Pipeline().Generate(TinySystem.Request, TinySystem.Short).Latents.ToArray();
        DeviceStages stages = new(offload: true);
        stages.Add(new MovableModule("text encoder", system.Words, TorchSharp.torch.CPU), WorkStage.Text);
        stages.Add(new MovableModule("network", system.Network, TorchSharp.torch.CPU), WorkStage.Rollout);

        Assert.Equal(resident, system.Pipeline(stages).Generate(TinySystem.Request, TinySystem.Short).Latents.ToArray());
    }

    [Fact]
    public void Cut_bytes_are_never_above_rounded_ones_and_at_most_one_level_below()
    {
        using TinySystem system = new();
        byte[] rounded = system.Pipeline().Generate(TinySystem.Request, TinySystem.Short).Frames.Rgb24.ToArray();

        byte[] cut = system.Pipeline().Generate(TinySystem.Request, TinySystem.Short with { TruncateBytes = true }).Frames.Rgb24.ToArray();

        Assert.All(rounded.Zip(cut), pair => Assert.InRange(pair.First - pair.Second, 0, 1));
        Assert.Contains(rounded.Zip(cut), pair => pair.First != pair.Second);
    }

    [Fact]
    public void Text_to_video_needs_a_size_and_refuses_a_path_it_cannot_follow()
    {
        using WanTransformer network = WanTransformer.CreateRandom(
            new WanConfig { Width = 28, Heads = 2, Layers = 2, FeedForwardWidth = 64, TimeWidth = 64, TextWidth = 24, TextTokens = 12 }, 1);
        using TinySystem system = new();
        GenerationPipeline pipeline = new(network, system.Codec, system.Text);
        GenerationRequest request = new() { Prompt = "a dog", Shape = LatentShape.ForVideo(5, 32, 48), FramesPerSecond = 16 };

        GeneratedVideo video = pipeline.Generate(request, TinySystem.Short);

        Assert.Equal((48, 32, 5), (video.Frames.WidthPixels, video.Frames.HeightPixels, video.Frames.FrameCount));
        Refused(pipeline, request with { Target = TinySystem.Request.Target }, "neither a clip nor a camera path");
        Refused(pipeline, request with { Shape = null }, "Shape");
        Refused(pipeline, request with { FramesPerSecond = null }, "FramesPerSecond");
    }

    [Fact]
    public void ReCamMaster_generates_along_a_path()
    {
        using ReCamMasterTransformer network = ReCamMasterTransformer.CreateRandom(
            new ReCamMasterConfig { Width = 28, Heads = 2, Layers = 2, FeedForwardWidth = 64, TimeWidth = 64, TextWidth = 24, TextTokens = 12 }, 1);
        using TinySystem system = new();

        GeneratedVideo video = new GenerationPipeline(network, system.Codec, system.Text).Generate(TinySystem.Request, TinySystem.Short);

        Assert.Equal(5, video.Frames.FrameCount);
    }

    [Fact]
    public void What_is_missing_or_does_not_fit_is_named()
    {
        using TinySystem system = new();
        GenerationPipeline pipeline = system.Pipeline();

        Refused(pipeline, TinySystem.Request with { Clip = null }, "condition video");
        Refused(pipeline, TinySystem.Request with { Target = null }, "target path");
        Refused(pipeline, TinySystem.Request with { Source = null }, "own path");
        Refused(pipeline, TinySystem.Request with { Intrinsics = null }, "intrinsics");
        Refused(pipeline, TinySystem.Request with { Source = TrajectoryPresets.Dolly(4, 1) }, "5 frames, its path 4 poses");
        Refused(pipeline, TinySystem.Request with { Clip = TinySystem.Clip(6) }, "6 frames");
        Refused(pipeline, TinySystem.Request with { Clip = TinySystem.Clip(5, 24) }, "multiple of 16");
        Refused(pipeline, TinySystem.Request with { InitialNoise = new float[3] }, "InitialNoise has 3 numbers, expected 512");
        Refused(pipeline, TinySystem.Request with { Shape = new LatentShape(2, 4, 4) }, "leave Shape out");
        Refused(new GenerationPipeline(system.Network, system.Codec, null, system.Image), TinySystem.Request, "text encoder");
        Refused(new GenerationPipeline(system.Network, system.Codec, system.Text), TinySystem.Request, "image encoder");
        ArgumentException options = Assert.Throws<ArgumentException>(() => pipeline.Generate(TinySystem.Request, new GenerationOptions { Steps = 0, Shift = double.NaN }));
        Assert.Contains("Steps is 0", options.Message, StringComparison.Ordinal);
        Assert.Contains("Shift is NaN", options.Message, StringComparison.Ordinal);
        Assert.Contains("TruncateBytes", Assert.Throws<ArgumentException>(() => new GenerationPipeline(system.Network, new BlockDctCodec(), system.Text, system.Image)
            .Generate(TinySystem.Request, GenerationOptions.Released)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_released_recipe_is_50_steps_at_shift_5_and_guidance_5_with_the_roundings_of_the_released_scripts() => Assert.Equal(
        new GenerationOptions { Steps = 50, Shift = 5, GuidanceScale = 5, RoundTimestepToBFloat16 = true, TruncateBytes = true }, GenerationOptions.Released);

    [Fact]
    public void Timesteps_are_those_of_the_released_scheduler()
    {
        foreach (int steps in new[] { 4, 10, 25, 50 })
        {
            FlowMatchSchedule levels = new(steps, 5);
            using RedirectorTransformer network = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 1);
            FlowVelocity velocity = new(network, 1, roundTimestepToBFloat16: true);

            Assert.Equal(
                Enumerable.Range(0, steps).Select(i => levels.Timestep(i, roundToBFloat16: true)),
                levels.Sigmas.ToArray().Select(sigma => velocity.Timestep(sigma)));
        }
    }

    private static void Refused(GenerationPipeline pipeline, GenerationRequest request, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => pipeline.Generate(request, TinySystem.Short)).Message, StringComparison.Ordinal);
}
