using TorchSharp;

namespace GeoAlign.Models.Tests;

public class TextEncoderTests
{
    private static readonly Umt5Config Config = Umt5Config.Tiny with { VocabularySize = 384, MostTokens = 12 };
    private static readonly SentencePieceTokenizer Tokenizer =
        SentencePieceTokenizer.Load(Repository.Fixture("models", "tokenizer_sample.model"));

    private static readonly string[] Prompts =
    [
        "the camera moves quickly over the river and the mountain in the rain", "", "a dog walks on the street", "a   dog &amp; a cat",
        "the cat",
    ];

    [Fact]
    public void Prompts_pass_cleaning_tokenizer_and_network()
    {
        using TextEncoder encoder = new(Tokenizer, Umt5Fixture.Random(Config, 3));
        using Umt5Encoder network = Umt5Fixture.Random(Config, 3);

        TokenFeatures[] features = encoder.Encode(["  a \n dog walks on the street"]);

        TokenFeatures expected = network.Encode([[295, 263, 294, 290, 301, 289, 1]])[0];
        Assert.Equal(expected.Values.ToArray(), features.Single().Values.ToArray());
        Assert.Equal((7, 24), (features[0].Count, features[0].Width));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Order_and_batches_do_not_matter(int batchSize)
    {
        using TextEncoder encoder = new(Tokenizer, Umt5Fixture.Random(Config, 3), batchSize);

        TokenFeatures[] together = encoder.Encode(Prompts);

        Assert.Equal([12, 1, 7, 7, 3], together.Select(f => f.Count));       // cut at 12, and the end mark alone
        foreach ((string prompt, TokenFeatures features) in Prompts.Zip(together))
            Near.Equal(Doubles(encoder.Encode([prompt])[0]), Doubles(features), 5e-6, what: prompt);
        Assert.Empty(encoder.Encode([]));
    }

    [Fact]
    public void A_tokenizer_that_does_not_fit_the_network_is_refused()
    {
        using Umt5Encoder small = Umt5Fixture.Random(Umt5Config.Tiny, 3), large = Umt5Fixture.Random(Config, 3);
        SentencePieceTokenizer endless =
            SentencePieceTokenizer.Parse("endless", SentencePieceBytes.Of(SentencePieceBytes.Marks, [(41, 2), (42, -1), (43, 0)]));

        Assert.Contains("380 pieces, expected at most 96", Assert.Throws<ArgumentException>(() => new TextEncoder(Tokenizer, small)).Message,
            StringComparison.Ordinal);
        Assert.Contains("no end mark", Assert.Throws<ArgumentException>(() => new TextEncoder(endless, large)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextEncoder(Tokenizer, large, 0));
    }

    [Fact]
    public void Encoding_leaves_no_tensor_and_no_native_memory_behind()
    {
        using TextEncoder encoder = new(Tokenizer, Umt5Fixture.Random(Config, 3));
        Encode(20);      // allocators and the runtime settle
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        // The tensors of one call take some 100 KB; half of them leaking would show as 15 MB.
        const long Bound = 8 << 20;
        Assert.InRange(ResidentMemory.LeastGrowth(Bound, () => Encode(300)), long.MinValue, Bound);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Encode(int count)
        {
            for (int i = 0; i < count; i++) encoder.Encode(Prompts);
        }
    }

    private static double[] Doubles(TokenFeatures features) => Array.ConvertAll(features.Values.ToArray(), value => (double)value);
}
