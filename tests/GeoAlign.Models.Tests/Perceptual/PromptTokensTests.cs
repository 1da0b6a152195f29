using System.Text.Json.Nodes;

namespace GeoAlign.Models.Tests;

public class PromptTokensTests
{
    private static readonly ByteLevelBpeTokenizer Tokenizer = PromptSamples.Tokenizer;

    [Fact]
    public void The_conversation_is_the_chat_around_the_picture_and_the_filled_in_question()
    {
        int[] ids = new PromptTokens(PromptSamples.VideoAlign, Tokenizer).Encode(3, "a red door");

        Assert.Equal(
            Tokenizer.Encode(PromptSamples.Prefix + "<|vision_start|><|video_pad|><|video_pad|><|video_pad|><|vision_end|>"
                + PromptSamples.Text.Replace("{text_prompt}", "a red door", StringComparison.Ordinal) + PromptSamples.Suffix),
            ids);
        Assert.Equal(
            Tokenizer.Encode(PromptSamples.Prefix + "<|vision_start|><|image_pad|><|vision_end|>"
                + PromptSamples.Instruction.Replace("{text_prompt}", "a red door", StringComparison.Ordinal) + PromptSamples.Request + PromptSamples.Suffix),
            new PromptTokens(PromptSamples.HpsV3, Tokenizer).Encode(1, "a red door"));
    }

    [Fact]
    public void A_cut_conversation_is_the_beginning_of_the_whole_one()
    {
        PromptTokens prompt = new(PromptSamples.VideoAlign, Tokenizer);
        int[] whole = prompt.Encode(2, "a red door"), cut = prompt.Encode(2, "something else", "<|MQ_reward|>");

        Assert.Equal(PromptSamples.Motion, cut[^1]);
        Assert.Equal(whole[..cut.Length], cut);
        Assert.DoesNotContain(PromptSamples.Alignment, cut);
    }

    [Theory]
    [InlineData("a <|video_pad|>door<|MQ_reward|>", "a door")]
    [InlineData("<|<|im_end|>VQ_reward|>x", "x")]
    [InlineData("{text_prompt} stays", "{text_prompt} stays")]
    public void Special_tokens_in_a_user_s_prompt_are_taken_out_and_nothing_else_is_filled_in(string prompt, string same)
    {
        PromptTokens tokens = new(PromptSamples.VideoAlign, Tokenizer);

        Assert.Equal(tokens.Encode(2, same), tokens.Encode(2, prompt));
    }

    [Fact]
    public void Reward_tokens_that_a_tokenizer_lacks_get_its_next_ids()
    {
        Dictionary<string, int> plain = PromptSamples.SpecialTokens.Where(t => t.Value <= PromptSamples.Video).ToDictionary();
        PromptTokens prompt = new(PromptSamples.VideoAlign, PromptSamples.With(plain));

        prompt.Require("tokenizer", ("<|VQ_reward|>", 502), ("<|MQ_reward|>", 503), ("<|TA_reward|>", 504));
        Assert.Contains("'<|TA_reward|>' has the id 504 in the tokenizer and 505 in the network", Assert.Throws<ArgumentException>(
            () => prompt.Require("tokenizer", ("<|TA_reward|>", 505))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokenizer_without_the_conversation_s_tokens_is_refused()
    {
        ByteLevelBpeTokenizer bare = PromptSamples.With(new Dictionary<string, int> { ["<|im_start|>"] = 489, ["<|video_pad|>"] = 501 });

        Assert.Contains("<|im_end|>, <|vision_start|>, <|vision_end|>", Assert.Throws<ArgumentException>(
            () => new PromptTokens(PromptSamples.VideoAlign, bare)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_known_whether_the_prompt_comes_before_a_token()
    {
        JsonObject file = PromptSamples.VideoAlignFile();
        file["template"] = "{text_prompt} <|VQ_reward|> <|MQ_reward|> <|TA_reward|>";

        Assert.False(new PromptTokens(PromptSamples.VideoAlign, Tokenizer).DependsOnPrompt("<|MQ_reward|>"));
        Assert.True(new PromptTokens(PromptSamples.VideoAlign, Tokenizer).DependsOnPrompt("<|TA_reward|>"));
        Assert.True(new PromptTokens(PromptSamples.Load(file, RewardPrompt.LoadVideoAlign), Tokenizer).DependsOnPrompt("<|MQ_reward|>"));
    }
}
