using System.Text.Json.Nodes;
using GeoAlign.Rewards;

namespace GeoAlign.Models.Tests;

/// <summary>Prompts in our own words, in the format of the real ones, and the golden tokenizer with its special tokens.</summary>
internal static class PromptSamples
{
    public const string Text = "\nJudge this clip.  \nLook: <|VQ_reward|>\n\nMotion: <|MQ_reward|>\nAsked for: {text_prompt}\nMatch: <|TA_reward|>\n";

    public const string Instruction = "\nJudge this picture. \nAsked for: {text_prompt}\n\n", Request = "\nTotal: <|Reward|>\n";

    public const string Prefix = "<|im_start|>system\nBe fair.<|im_end|>\n<|im_start|>user\n", Suffix = "<|im_end|>\n<|im_start|>assistant\n";

    public const int Image = 500, Video = 501, Visual = 502, Motion = 503, Alignment = 504, Reward = 505;

    public static VideoAlignTokens Tokens { get; } = new(Visual, Motion, Alignment);

    public static IReadOnlyDictionary<string, int> SpecialTokens { get; } = new Dictionary<string, int>
    {
        ["<|endoftext|>"] = 488, ["<|im_start|>"] = 489, ["<|im_end|>"] = 490, ["<|vision_start|>"] = 497, ["<|vision_end|>"] = 498,
        ["<|image_pad|>"] = Image, ["<|video_pad|>"] = Video, ["<|VQ_reward|>"] = Visual, ["<|MQ_reward|>"] = Motion, ["<|TA_reward|>"] = Alignment,
        ["<|Reward|>"] = Reward,
    };

    public static ByteLevelBpeTokenizer Tokenizer { get; } = With(SpecialTokens);

    public static RewardPrompt VideoAlign { get; } = Load(VideoAlignFile(), RewardPrompt.LoadVideoAlign);

    public static RewardPrompt HpsV3 { get; } = Load(HpsV3File(), RewardPrompt.LoadHpsV3);

    public static ByteLevelBpeTokenizer With(IReadOnlyDictionary<string, int> specialTokens) => ByteLevelBpeTokenizer.Load(
        Repository.Fixture("rewards", "tokenizer_vocab.json"), Repository.Fixture("rewards", "tokenizer_merges.txt"), specialTokens);

    public static JsonObject VideoAlignFile() => new() { ["substitution"] = "{text_prompt}", ["template"] = Text, ["chat"] = Chat() };

    public static JsonObject HpsV3File() =>
        new() { ["substitution"] = "{text_prompt}", ["instruction"] = Instruction, ["suffix_with_special_token"] = Request, ["chat"] = Chat() };

    public static RewardPrompt Load(JsonObject file, Func<string, bool, RewardPrompt> load)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("prompt.json"), file.ToJsonString());
        return load(folder.File("prompt.json"), true);
    }

    /// <summary>A video of even colours: frame f of video v has the levels (v, f, 100).</summary>
    public static VideoFrames Clip(int frames, int video = 0, double rate = 16, int width = 56, int height = 28)
    {
        byte[] rgb = new byte[3 * frames * width * height];
        for (int i = 0; i < rgb.Length; i++) rgb[i] = (i % 3) switch { 0 => (byte)video, 1 => (byte)(i / (3 * width * height)), _ => 100 };
        return new VideoFrames(rgb, width, height, frames, rate);
    }

    /// <summary>Level that a normalised number of the patches came from, in a channel.</summary>
    public static double Level(float value, int channel) =>
        255 * (value * PixelNormalisation.Clip.Std[channel] + (double)PixelNormalisation.Clip.Mean[channel]);

    private static JsonObject Chat() => new()
    {
        ["prefix"] = Prefix,
        ["video_placeholder"] = "<|vision_start|><|video_pad|><|vision_end|>",
        ["image_placeholder"] = "<|vision_start|><|image_pad|><|vision_end|>",
        ["suffix"] = Suffix,
    };
}
