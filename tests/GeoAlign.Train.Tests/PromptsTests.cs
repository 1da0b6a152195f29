using GeoAlign.Sampling;

namespace GeoAlign.Train.Tests;

public class PromptsTests
{
    private static readonly ConditionVideo With = new() { Name = "walk", Path = "walk.mp4", Prompt = ConditionPrompt.Found("a room", "walk.txt") };
    private static readonly ConditionVideo Without = new() { Name = "run", Path = "run.mp4", Prompt = ConditionPrompt.Missing("there is no run.txt") };

    [Fact]
    public void A_videos_own_prompt_goes_before_the_common_one()
    {
        Assert.Equal(["a room", "common"], Prompts.Of([With, Without, With], "common", isRead: true));
        Assert.Equal("", Prompts.Of(Without, "", isRead: true));
    }

    [Fact]
    public void Without_anyone_to_read_them_prompts_are_empty_and_a_common_one_is_refused()
    {
        Assert.Equal([""], Prompts.Of([With, Without], null, isRead: false));
        Assert.Contains("--text-encoder", Assert.Throws<UsageException>(() => Prompts.Of(With, "common", isRead: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Videos_without_a_prompt_are_named_with_what_was_looked_for() => Assert.Contains(
        "1 condition videos have no prompt: run: there is no run.txt", Assert.Throws<ArgumentException>(() => Prompts.Of([With, Without], null, isRead: true)).Message, StringComparison.Ordinal);
}
