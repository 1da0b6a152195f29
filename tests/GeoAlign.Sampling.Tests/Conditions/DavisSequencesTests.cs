using GeoAlign.Testing;

namespace GeoAlign.Sampling.Tests.Conditions;

public sealed class DavisSequencesTests : IDisposable
{
    private static readonly string Root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Repository.Fixture("geometry", "formats", "davis", "ImageSets", "2016", "train.txt"))!)!)!;
    private static readonly FrameRate Rate = new(24);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("2016/train.txt", "alpha"), InlineData("2016/val.txt", "beta"), InlineData("2017/valid_blank_lines_crlf.txt", "alpha,beta"), InlineData("480p/train.txt", "alpha"), InlineData(null, "alpha,beta")]
    public void Lists_of_every_kind_are_read(string? list, string names)
    {
        IReadOnlyList<ConditionVideo> videos = new DavisSequences(Root, Rate, list is null ? null : Path.Combine(Root, "ImageSets", list)).List();

        Assert.Equal(names.Split(','), videos.Select(v => v.Name));
        Assert.All(videos, v => Assert.Equal((Rate, Path.Combine(Root, "JPEGImages", "480p", v.Name)), (v.FolderFrameRate, v.Path)));
        Assert.All(videos, v => Assert.True(v.Prompt.IsMissing));
    }

    [Fact]
    public void A_sequence_that_is_not_there_is_refused_by_file_and_line()
    {
        string list = Path.Combine(Root, "ImageSets", "2017", "bad_missing_sequence.txt");

        DataFormatException error = Assert.Throws<DataFormatException>(() => new DavisSequences(Root, Rate, list).List());

        Assert.Equal((list, 2), (error.Path, error.Line));
        Assert.Contains("there is no sequence 'gamma' with frames in", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha\nbeta\nalpha\n", 3, "'alpha' is listed already")]
    [InlineData("alpha beta\n", 1, "'alpha beta' is no sequence")]
    [InlineData("\n\n", 0, "is empty")]
    [InlineData("/JPEGImages/480p/alpha/00000.jpg /x.png\n/JPEGImages/480p/alpha/00009.jpg /x.png\n", 2, "there is no image 00009.jpg of the sequence 'alpha'")]
    [InlineData("/JPEGImages/480p/alpha/00000.jpg /x.png\n/JPEGImages/480p/alpha/00000.jpg /x.png\n", 2, "is listed already")]
    [InlineData("/00000.jpg /x.png\n", 1, "is no image of a sequence")]
    [InlineData("..\n", 1, "'..' is no sequence")]
    public void A_malformed_list_is_refused_by_line(string text, int line, string problem)
    {
        File.WriteAllText(_folder["list.txt"], text);

        DataFormatException error = Assert.Throws<DataFormatException>(() => new DavisSequences(Root, Rate, _folder["list.txt"]).List());

        Assert.Equal(line, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clips_are_cut_from_the_frames_at_the_stated_rate()
    {
        ConditionClipSource source = new([new DavisSequences(Root, new FrameRate(24000, 1001))], new() { FrameCount = 4, Size = new(16, 9) }, new VideoReader());

        ConditionClip clip = await source.DrawAsync(1, 0, 0), beta = await source.ReadAsync("beta", 0);

        Assert.Equal((4, new FrameRate(24000, 1001)), (clip.Video.FrameCount, clip.Video.FrameRate));
        Assert.Equal([0, 1, 2, 3], beta.SourceFrames);
    }

    [Fact]
    public void The_rate_must_be_stated_and_the_folder_must_be_there()
    {
        Assert.Contains("state one", Assert.Throws<ArgumentException>(() => new DavisSequences(Root, default)).Message, StringComparison.Ordinal);
        Assert.Equal(VideoProblem.Missing, Assert.Throws<VideoException>(() => new DavisSequences(Root, Rate, resolution: "1080p")).Kind);
        Assert.Equal(VideoProblem.Empty, Assert.Throws<VideoException>(() => new DavisSequences(_folder.Path, Rate).List()).Kind);
    }
}
