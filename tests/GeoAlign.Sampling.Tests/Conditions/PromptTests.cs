namespace GeoAlign.Sampling.Tests.Conditions;

public sealed class PromptTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_file_beside_a_video_is_its_prompt_and_a_missing_one_says_why()
    {
        Directory.CreateDirectory(_folder["frames"]);
        foreach (string name in new[] { "a.mp4", "b.mp4", "c.mp4", "frames/0.png" }) File.WriteAllText(_folder[name], "");
        File.WriteAllText(_folder["a.txt"], "\uFEFF a walk \r\n");
        File.WriteAllText(_folder["b.txt"], " \n");
        File.WriteAllText(_folder["frames.txt"], "a room");

        IReadOnlyList<ConditionVideo> videos = new VideoFolders(_folder.Path).List();

        Assert.Equal(["a walk", null, null, "a room"], videos.Select(v => v.Prompt.Text));
        Assert.Equal(["a.txt", "b.txt is empty", "there is no c.txt", "frames.txt"], videos.Select(v => v.Prompt.Origin));
        Assert.Equal("(no prompt: b.txt is empty)", videos[1].Prompt.ToString());
        Assert.Throws<ArgumentException>(() => ConditionPrompt.Found(" ", "x"));
    }

    [Theory, InlineData("captions.jsonl"), InlineData("captions.csv")]
    public void Captions_are_found_by_full_name_then_file_name_then_stem(string file)
    {
        File.WriteAllText(_folder[file], file.EndsWith("csv", StringComparison.Ordinal)
            ? "id,name,caption\n1,scene/a.mp4,one\n2,b.mp4,\"two, too\"\n3,c,three\n4,d,\n"
            : "{\"name\": \"scene/a.mp4\", \"caption\": \"one\"}\n\n{\"caption\": \"two, too\", \"name\": \"b.mp4\", \"more\": 1}\n{\"name\":\"c\",\"caption\":\"three\"}\n{\"name\":\"d\",\"caption\":\"\"}\n");
        CaptionFile captions = CaptionFile.Read(_folder[file]);

        Assert.Equal(4, captions.Count);
        Assert.Equal("one", captions.PromptOf("scene/a.mp4").Text);
        Assert.Equal("two, too", captions.PromptOf("x/y/b.mp4").Text);
        Assert.Equal("three", captions.PromptOf("c.mkv").Text);
        Assert.Equal($"its caption in {file}:5 is empty", captions.PromptOf("d").Origin);
        Assert.Equal($"{file} does not name it", captions.PromptOf("a.mp4").Origin);
    }

    [Theory]
    [InlineData("c.jsonl", "{\"name\":\"a\",\"caption\":\"x\"}\n{\"name\":\"a\",\"caption\":\"y\"}\n", "c.jsonl:2: 'a' has a caption already, in line 1")]
    [InlineData("c.jsonl", "{\"name\":\"a\"}\n", "c.jsonl:1: no name or no caption")]
    [InlineData("c.jsonl", "\n{\"name\":\"a\",\n", "c.jsonl:2: no JSON object")]
    [InlineData("c.jsonl", "[1]\n", "c.jsonl:1: no name or no caption")]
    [InlineData("c.csv", "name,text\na,b\n", "c.csv:1: the columns are name, text, expected name and caption")]
    [InlineData("c.csv", "name,caption\n,b\n", "c.csv:2: no name or no caption")]
    [InlineData("c.txt", "a b\n", "c.txt: is no file of captions")]
    public void A_malformed_file_of_captions_is_refused_by_line(string name, string text, string problem)
    {
        File.WriteAllText(_folder[name], text);

        Assert.Contains(problem, Assert.Throws<DataFormatException>(() => CaptionFile.Read(_folder[name])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Captions_go_before_prompts_beside_the_video_and_both_reasons_are_kept()
    {
        foreach (string name in new[] { "a.mp4", "b.mp4", "c.mp4" }) File.WriteAllText(_folder[name], "");
        File.WriteAllText(_folder["a.txt"], "beside a");
        File.WriteAllText(_folder["b.txt"], "beside b");
        File.WriteAllText(_folder["captions.csv"], "name,caption\na,listed a\n");

        IReadOnlyList<ConditionVideo> videos = new CaptionedVideos(new VideoFolders(_folder["a.mp4"], _folder["b.mp4"], _folder["c.mp4"]), CaptionFile.Read(_folder["captions.csv"])).List();

        Assert.Equal(["listed a", "beside b", null], videos.Select(v => v.Prompt.Text));
        Assert.Equal("there is no c.txt; captions.csv does not name it", videos[2].Prompt.Origin);
    }
}
