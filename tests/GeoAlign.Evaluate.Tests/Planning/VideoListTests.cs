namespace GeoAlign.Evaluate.Tests.Planning;

public class VideoListTests
{
    [Fact]
    public void The_list_that_comes_with_the_program_has_fifty_videos_and_says_that_it_is_an_assumption()
    {
        IReadOnlyList<string> names = VideoList.Read(EvaluateCommand.Asset("davis50.txt"));

        Assert.Equal(50, names.Count);
        Assert.Equal(50, names.Distinct().Count());
        Assert.Contains("breakdance-flare", names);
        Assert.Contains("ASSUMPTION", File.ReadAllText(EvaluateCommand.Asset("davis50.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_and_blank_lines_are_passed_over()
    {
        using TemporaryFolder files = new();

        Assert.Equal(["bear", "dog"], VideoList.Read(files.Write("# all\n\nbear  # first\r\n dog\n", "list.txt")));
    }

    [Fact]
    public void A_name_that_is_there_twice_is_refused_with_both_lines()
    {
        using TemporaryFolder files = new();
        string list = files.Write("bear\ndog\nbear\n", "list.txt");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => VideoList.Read(list));

        Assert.StartsWith($"{list}:3: 'bear' stands in line 1 already", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => VideoList.Read(files.Write("# nothing\n", "empty.txt")));
    }
}
