using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace GeoAlign.Models.Tests;

public sealed class RewardPromptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_digest_is_that_of_the_whole_conversation()
    {
        string whole = PromptSamples.Prefix + "<|vision_start|><|video_pad|><|vision_end|>" + PromptSamples.Text + PromptSamples.Suffix;
        string image = PromptSamples.Prefix + "<|vision_start|><|image_pad|><|vision_end|>" + PromptSamples.Instruction + PromptSamples.Request + PromptSamples.Suffix;

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole))), PromptSamples.VideoAlign.Sha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image))), PromptSamples.HpsV3.Sha256);
        Assert.False(PromptSamples.VideoAlign.IsPublishedText);
        Assert.Equal("<|VQ_reward|> <|MQ_reward|> <|TA_reward|>", string.Join(' ', PromptSamples.VideoAlign.RewardTokens));
        Assert.Equal("<|Reward|>", Assert.Single(PromptSamples.HpsV3.RewardTokens));
    }

    [PromptFilesFact]
    public void The_published_prompts_are_accepted_and_any_change_of_them_is_not()
    {
        string folder = PromptFilesFactAttribute.Folder!;

        Assert.True(RewardPrompt.LoadVideoAlign(folder).IsPublishedText);
        Assert.True(RewardPrompt.LoadHpsV3(folder).IsPublishedText);

        JsonObject changed = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, RewardPrompt.VideoAlignFileName)))!.AsObject();
        changed["template"] = string.Join('\n', changed["template"]!.GetValue<string>().Split('\n').Select(line => line.TrimEnd()));
        string path = Write(changed.ToJsonString());
        Assert.Throws<PromptFormatException>(() => RewardPrompt.LoadVideoAlign(path));
        Assert.False(RewardPrompt.LoadVideoAlign(path, acceptOtherText: true).IsPublishedText);
    }

    [Fact]
    public void Another_text_needs_to_be_accepted_explicitly()
    {
        string path = Write(PromptSamples.VideoAlignFile().ToJsonString());

        string message = Assert.Throws<PromptFormatException>(() => RewardPrompt.LoadVideoAlign(path)).Message;

        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.Contains(PromptSamples.VideoAlign.Sha256, message, StringComparison.Ordinal);
        Assert.Contains("f3c7219e", message, StringComparison.Ordinal);
        Assert.Contains("accept another text explicitly", message, StringComparison.Ordinal);
        Assert.False(RewardPrompt.LoadVideoAlign(path, acceptOtherText: true).IsPublishedText);
    }

    [Fact]
    public void A_missing_file_says_how_to_make_it()
    {
        string message = Assert.Throws<FileNotFoundException>(() => RewardPrompt.LoadHpsV3(_folder.Path)).Message;

        foreach (string part in new[] { "hpsv3_prompt.json", "'instruction'", "'suffix_with_special_token'", "'image_placeholder'", "MizzenAI/HPSv3", "docs/rewards.md" })
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains("'template'", Assert.Throws<FileNotFoundException>(() => RewardPrompt.LoadVideoAlign(_folder.File("x.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_stands_for_the_file_in_it_and_a_byte_order_mark_for_nothing()
    {
        File.WriteAllText(_folder.File(RewardPrompt.VideoAlignFileName), PromptSamples.VideoAlignFile().ToJsonString(), new UTF8Encoding(true));

        Assert.Equal(PromptSamples.VideoAlign.Sha256, RewardPrompt.LoadVideoAlign(_folder.Path, acceptOtherText: true).Sha256);
    }

    [Theory]
    [InlineData("substitution", null, "no 'substitution'")]
    [InlineData("substitution", "\"\"", "'substitution' is empty")]
    [InlineData("substitution", "\"{prompt}\"", "'{prompt}' stands 0 times in 'template'")]
    [InlineData("template", null, "no 'template'")]
    [InlineData("template", "5", "no 'template', expected a text")]
    [InlineData("template", "\"{text_prompt} {text_prompt}\"", "'{text_prompt}' stands 2 times")]
    [InlineData("template", "\"{text_prompt} <|VQ_reward|> <|TA_reward|>\"", "'<|MQ_reward|>' stands 0 times")]
    [InlineData("template", "\"{text_prompt} <|MQ_reward|> <|VQ_reward|> <|TA_reward|>\"", "'<|MQ_reward|>' comes too early")]
    [InlineData("template", "\"\\ud800\"", "a text in it is not Unicode")]
    [InlineData("chat", null, "no 'chat', expected an object")]
    [InlineData("chat.prefix", null, "no 'prefix'")]
    [InlineData("chat.suffix", null, "no 'suffix'")]
    [InlineData("chat.video_placeholder", "\"\"", "'<|video_pad|>' stands 0 times in 'video_placeholder'")]
    public void A_broken_file_is_refused_with_its_name(string place, string? value, string says)
    {
        JsonObject file = PromptSamples.VideoAlignFile();
        JsonObject parent = place.StartsWith("chat.", StringComparison.Ordinal) ? file["chat"]!.AsObject() : file;
        string name = place[(place.IndexOf('.', StringComparison.Ordinal) + 1)..];
        parent.Remove(name);
        string json = file.ToJsonString();
        if (value is not null)
        {
            parent[name] = "VALUE";
            json = file.ToJsonString().Replace("\"VALUE\"", value, StringComparison.Ordinal);
        }

        string path = Write(json);
        string message = Assert.Throws<PromptFormatException>(() => RewardPrompt.LoadVideoAlign(path, true)).Message;

        Assert.StartsWith(path + ": ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"chat\":", "line 2: not JSON")]
    [InlineData("[]", "expected a JSON object")]
    public void A_file_that_is_no_JSON_object_is_refused(string content, string says)
    {
        string path = Write(content);

        Assert.Contains(says, Assert.Throws<PromptFormatException>(() => RewardPrompt.LoadHpsV3(path, true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_unread()
    {
        string path = Write(new string(' ', (1 << 20) + 1));

        Assert.Contains("at most 1048576", Assert.Throws<PromptFormatException>(() => RewardPrompt.LoadHpsV3(path)).Message, StringComparison.Ordinal);
    }

    // Whatever is done to a file, it is read or refused as a file, never with another exception.
    [Fact]
    public void Damaged_files_are_read_or_refused() => ForAll.Seeds(300, rng =>
    {
        byte[] file = Encoding.UTF8.GetBytes(PromptSamples.HpsV3File().ToJsonString());
        for (int i = rng.Next(1, 4); i > 0 && file.Length > 0; i--)
        {
            int at = rng.Next(file.Length);
            switch (rng.Next(4))
            {
                case 0: file[at] = (byte)rng.Next(256); break;
                case 1: file = file[..at]; break;
                case 2: file = [.. file[..at], .. file[rng.Next(at, file.Length)..]]; break;
                default: file = [.. file[..at], .. "\\ud800"u8, .. file[at..]]; break;
            }
        }

        File.WriteAllBytes(_folder.File("prompt.json"), file);
        try
        {
            Assert.Equal(64, RewardPrompt.LoadHpsV3(_folder.File("prompt.json"), true).Sha256.Length);
        }
        catch (PromptFormatException e)
        {
            Assert.Equal(_folder.File("prompt.json"), e.Path);
        }
    });

    private string Write(string content)
    {
        File.WriteAllText(_folder.File("prompt.json"), content);
        return _folder.File("prompt.json");
    }
}
