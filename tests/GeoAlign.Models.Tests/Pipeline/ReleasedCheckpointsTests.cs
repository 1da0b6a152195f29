namespace GeoAlign.Models.Tests;

public class ReleasedCheckpointsTests
{
    private const string Vae = "Wan2.1_VAE.pth", Text = "models_t5_umt5-xxl-enc-bf16.pth", Clip = "models_clip_open-clip-xlm-roberta-large-vit-huge-14.pth";

    [Fact]
    public void Files_are_found_under_their_released_names()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("google/umt5-xxl"));
        foreach (string name in new[] { "diffusion_pytorch_model.safetensors", "step20000.safetensors", Vae, Text, "google/umt5-xxl/spiece.model", Clip })
            File.WriteAllBytes(folder.File(name), [0]);

        ReleasedCheckpoints files = ReleasedCheckpoints.FromFolder(folder.Path);

        Assert.Equal(
            new ReleasedCheckpoints
            {
                Folder = folder.Path, Network = folder.File("diffusion_pytorch_model.safetensors"), StepWeights = folder.File("step20000.safetensors"), Vae = folder.File(Vae),
                TextEncoder = folder.File(Text), Tokenizer = folder.File("google/umt5-xxl/spiece.model"), ImageEncoder = folder.File(Clip),
            }, files);
        Assert.Same(files, files.RequireFor(RedirectorConfig.Release));
    }

    [Fact]
    public void All_missing_files_are_named_at_once_with_what_they_are_for()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File(Vae), [0]);

        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => ReleasedCheckpoints.FromFolder(folder.Path).RequireFor(RedirectorConfig.Release));

        string[] lines = error.Message.Split(Environment.NewLine);
        Assert.Equal(4, lines.Length);
        Assert.Contains(Path.Combine(folder.Path, "diffusion_pytorch_model.safetensors") + " is missing: the diffusion transformer", lines[0], StringComparison.Ordinal);
        Assert.Contains(Text, lines[1], StringComparison.Ordinal);
        Assert.Contains("turns prompts into features", lines[1], StringComparison.Ordinal);
        Assert.Contains("spiece.model", lines[2], StringComparison.Ordinal);
        Assert.Contains("first frame", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_a_network_needs_is_asked_for()
    {
        ReleasedCheckpoints files = new() { StepWeights = typeof(ReleasedCheckpointsTests).Assembly.Location, Vae = typeof(ReleasedCheckpointsTests).Assembly.Location };

        Assert.Same(files, files.RequireFor(ReCamMasterConfig.Release with { TextTokens = 0 }));
        FileNotFoundException error = Assert.Throws<FileNotFoundException>(() => (files with { ImageEncoder = "gone.pth" }).RequireFor(RedirectorConfig.Tiny));
        Assert.Contains("(Network)", error.Message, StringComparison.Ordinal);
        Assert.Contains("gone.pth is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_step_files_have_to_be_chosen_between()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("step10000.safetensors"), [0]);
        File.WriteAllBytes(folder.File("step20000.safetensors"), [0]);

        ArgumentException error = Assert.Throws<ArgumentException>(() => ReleasedCheckpoints.FromFolder(folder.Path));

        Assert.Contains("step10000.safetensors, step20000.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("StepWeights", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named() =>
        Assert.Contains("/nowhere", Assert.Throws<DirectoryNotFoundException>(() => ReleasedCheckpoints.FromFolder("/nowhere")).Message, StringComparison.Ordinal);

    [Fact]
    public void Step_weights_lie_over_the_base_and_a_system_of_files_generates_as_the_system_it_was_saved_from()
    {
        using TemporaryFolder folder = new();
        using TinySystem system = new();
        using RedirectorTransformer original = RedirectorTransformer.CreateRandom(TinySystem.NetworkSizes, 8);
        ModuleWeights.Save(system.Network, folder.File("diffusion_pytorch_model.safetensors"), key => !WanKeys.IsPhaseLayer(key));        // the base has no phases
        original.Save(folder.File("step7.safetensors"), selfAttentionOnly: true);
        ModuleWeights.Save(system.Vae, folder.File("Wan2.1_VAE.safetensors"));
        ModuleWeights.Save(system.Words, folder.File("models_t5_umt5-xxl-enc-bf16.safetensors"));
        File.Copy(ClipFixture.WeightsPath, folder.File("models_clip_open-clip-xlm-roberta-large-vit-huge-14.safetensors"));
        File.Copy(Repository.Fixture("models", "tokenizer_sample.model"), folder.File("spiece.model"));
        ReleasedCheckpoints files = ReleasedCheckpoints.FromFolder(folder.Path).RequireFor(TinySystem.NetworkSizes);

        using RedirectorTransformer network = files.LoadRedirector(TinySystem.NetworkSizes);
        using WanVae vae = files.LoadVae(WanVaeConfig.Tiny);
        using TextEncoder text = new(files.LoadTokenizer(), files.LoadTextEncoder(TinySystem.TextSizes));
        using ClipImageEncoder image = files.LoadImageEncoder(ClipConfig.Tiny);
        float[] loaded = new GenerationPipeline(network, new WanLatentCodec(vae), text, image).Generate(TinySystem.Request, TinySystem.Short).Latents.ToArray();

        using IWeightSource step = WeightSources.Open(folder.File("step7.safetensors"));
        system.Network.LoadSelfAttention(step);
        Assert.Equal(system.Pipeline().Generate(TinySystem.Request, TinySystem.Short).Latents.ToArray(), loaded);
    }

    [Fact]
    public void A_step_file_of_another_network_is_refused_with_its_name()
    {
        using TemporaryFolder folder = new();
        using RedirectorTransformer network = RedirectorTransformer.CreateRandom(RedirectorConfig.Tiny, 1);
        network.Save(folder.File("base.safetensors"));
        network.Save(folder.File("step.safetensors"));
        ReleasedCheckpoints files = new() { Network = folder.File("base.safetensors"), StepWeights = folder.File("step.safetensors") };

        Assert.Contains("step.safetensors", Assert.Throws<WeightMismatchException>(() => files.LoadRedirector(RedirectorConfig.Tiny)).Message, StringComparison.Ordinal);
    }
}
