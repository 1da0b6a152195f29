namespace GeoAlign.Train.Tests;

public class PromptsTests
{
    [Fact]
    public void The_text_beside_a_video_or_a_folder_of_frames_goes_before_the_common_prompt()
    {
        using TrainProgram program = new();
        string video = program.Write("walk.mp4", ""), other = program.Write("run.mp4", ""), frames = Directory.CreateDirectory(Path.Combine(program.Folder, "frames")).FullName;
        program.Write("walk.txt", " a room\n");
        program.Write("frames.txt", "a street");

        Assert.Equal("a room", Prompts.Of(video, "common", hasTextEncoder: true));
        Assert.Equal("a street", Prompts.Of(frames + Path.DirectorySeparatorChar, "common", hasTextEncoder: true));
        Assert.Equal("common", Prompts.Of(other, "common", hasTextEncoder: true));
        Assert.Equal("", Prompts.Of(other, "", hasTextEncoder: true));
        Assert.Equal("", Prompts.Of(video, null, hasTextEncoder: false));
    }

    [Fact]
    public void A_video_without_a_prompt_says_where_to_write_one() => Assert.Contains(
        "write one into /nowhere/run.txt", Assert.Throws<ArgumentException>(() => Prompts.Of("/nowhere/run.mp4", null, hasTextEncoder: true)).Message, StringComparison.Ordinal);
}
