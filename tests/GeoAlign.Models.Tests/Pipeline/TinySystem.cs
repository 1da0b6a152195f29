using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

/// <summary>All networks of a ReDirector system at tiny sizes, and a request for it.</summary>
internal sealed class TinySystem : IDisposable
{
    public const int Side = 32, Frames = 5;

    public static readonly Umt5Config TextSizes = Umt5Config.Tiny with { VocabularySize = 384, MostTokens = 12 };

    public static readonly RedirectorConfig NetworkSizes = RedirectorConfig.Tiny with { TextWidth = TextSizes.Width, TextTokens = 12, ImageWidth = ClipConfig.Tiny.Width };

    private readonly ClipFixture _clip = new();

    public TinySystem()
    {
        Words = Umt5Fixture.Random(TextSizes, 3);
        Text = new TextEncoder(SentencePieceTokenizer.Load(Repository.Fixture("models", "tokenizer_sample.model")), Words);
    }

    public RedirectorTransformer Network { get; } = RedirectorTransformer.CreateRandom(NetworkSizes, 7);

    public WanVae Vae { get; } = VaeFixture.Random(5);

    public WanLatentCodec Codec => new(Vae);

    public Umt5Encoder Words { get; }

    public TextEncoder Text { get; }

    public ClipImageEncoder Image => _clip.Network;

    public static GenerationRequest Request { get; } = new()
    {
        Prompt = "a dog walks on the street", NegativePrompt = "the rain",
        Clip = Clip(Frames), Source = TrajectoryPresets.Dolly(Frames, 0.3), Target = TrajectoryPresets.Pan(Frames, 0.4),
        Intrinsics = new NormalisedIntrinsics(0.8, 0.9),
    };

    public static GenerationOptions Short { get; } = new() { Steps = 3, GuidanceScale = 2, Seed = 11 };

    public GenerationPipeline Pipeline(DeviceStages? stages = null) => new(Network, Codec, Text, Image, stages);

    public static VideoFrames Clip(int frames, int side = Side)
    {
        byte[] pixels = new byte[frames * side * side * 3];
        new Random(2).NextBytes(pixels);
        return new VideoFrames(pixels, side, side, frames, 15);
    }

    public void Dispose()
    {
        Network.Dispose();
        Vae.Dispose();
        Text.Dispose();
        _clip.Dispose();
    }
}
