using GeoAlign.Sampling.Tests.Video;
using GeoAlign.Testing;

namespace GeoAlign.Sampling.Tests.Conditions;

public sealed class SekaiVideosTests : IDisposable
{
    private static readonly string List = Repository.Fixture("geometry", "formats", "sekai", "valid.csv");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ids_are_split_from_the_right_and_captions_are_read()
    {
        IReadOnlyList<SekaiEntry> entries = SekaiList.Read(List);

        Assert.Equal(
        [
            new SekaiEntry(2, "AbC-_def123", 0, 1800, "a street, busy"),
            new SekaiEntry(3, "xx_yy_zz_00", 23550, 25350, "quiet"),
        ], entries);
        Assert.Equal("xx_yy_zz_00_0023550_0025350", entries[1].ClipName);
    }

    [Theory]
    [InlineData("bad_no_frame_range.csv", 2, "'AbC-_def123.mp4' is no clip, expected ID_START_END")]
    [InlineData("bad_reversed_range.csv", 2, "'AbC-_def123_0001800_0000000.mp4' ends at frame 0, expected a frame after its start, 1800")]
    public void A_malformed_list_is_refused_by_file_and_line(string file, int line, string problem)
    {
        string path = Repository.Fixture("geometry", "formats", "sekai", file);

        DataFormatException error = Assert.Throws<DataFormatException>(() => SekaiList.Read(path));

        Assert.Equal((path, line), (error.Path, error.Line));
        Assert.StartsWith($"{path}:{line}: {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_listed_twice_a_list_of_nothing_and_one_without_a_heading_are_refused()
    {
        File.WriteAllText(_folder["twice.csv"], "videoFile\na_0000000_0000030.mp4\nb_0000000_0000030.mp4\na_0000000_0000030\n");
        File.WriteAllText(_folder["none.csv"], "videoFile\n");
        File.WriteAllText(_folder["bare.csv"], "a_0000000_0000030.mp4\nb_0000000_0000030.mp4\n");

        Assert.EndsWith("twice.csv:4: a_0000000_0000030 is listed in line 2 already", Assert.Throws<DataFormatException>(() => SekaiList.Read(_folder["twice.csv"])).Message, StringComparison.Ordinal);
        Assert.Contains("bare.csv:1: 'a_0000000_0000030.mp4' is a clip, expected a heading", Assert.Throws<DataFormatException>(() => SekaiList.Read(_folder["bare.csv"])).Message, StringComparison.Ordinal);
        Assert.Contains("none.csv:1: the heading is the only row", Assert.Throws<DataFormatException>(() => SekaiList.Read(_folder["none.csv"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Videos_are_found_cut_or_whole_and_absent_ones_are_named()
    {
        Directory.CreateDirectory(_folder["videos/xx_yy_zz_00"]);
        File.WriteAllText(_folder["videos/xx_yy_zz_00/xx_yy_zz_00_0023550_0025350.mkv"], "");
        SekaiVideos cut = new(List, _folder["videos"]);

        ConditionVideo video = Assert.Single(cut.List());
        Assert.Equal(("xx_yy_zz_00_0023550_0025350", "quiet", "valid.csv:3"), (video.Name, video.Prompt.Text, video.Prompt.Origin));
        Assert.Null(video.Cut);
        Assert.Equal("AbC-_def123", Assert.Single(cut.Absent()).VideoId);

        File.WriteAllText(_folder["videos/AbC-_def123.mp4"], "");
        ConditionVideo whole = new SekaiVideos(List, _folder["videos"]).List()[0];
        Assert.Equal(new SourceCut(0, 1800, new FrameRate(30)), whole.Cut);
        Assert.Empty(cut.Absent());
    }

    [Fact]
    public void A_folder_without_any_of_the_videos_is_an_error_that_says_what_was_looked_for()
    {
        Directory.CreateDirectory(_folder["videos"]);

        DataFormatException error = Assert.Throws<DataFormatException>(() => new SekaiVideos(List, _folder["videos"]).List());

        Assert.Contains("none of its 2 clips has a video", error.Message, StringComparison.Ordinal);
        Assert.Contains("AbC-_def123/AbC-_def123_0000000_0001800.mp4", error.Message, StringComparison.Ordinal);
        Assert.Equal(VideoProblem.Missing, Assert.Throws<VideoException>(() => new SekaiVideos(List, _folder["absent"]).List()).Kind);
    }

    /// <summary>Frames 2 to 8 at 30 per second are frames 1 to 4 of a video of 15 per second: the cut is a time, not a frame number.</summary>
    [Theory]
    [InlineData("30", 2, 8), InlineData("15", 1, 4), InlineData("60", 4, 16)]
    public async Task Clips_stay_inside_the_cut_whatever_the_rate_of_the_video(string rate, int first, int end)
    {
        File.WriteAllText(_folder["list.csv"], "videoFile\nwalk-20_0000002_0000008.mp4\n");
        File.WriteAllText(_folder["walk-20.mkv"], "");
        VideoReader reader = new(new ImaginaryVideos { Rate = FrameRate.Parse(rate) });
        ConditionClipSource source = new([new SekaiVideos(_folder["list.csv"], _folder.Path)], new() { FrameCount = 2, Size = new(4, 2) }, reader);
        SortedSet<int> starts = [];

        for (int i = 0; i < 200; i++)
        {
            ConditionClip clip = await source.DrawAsync(1, i, 0);

            starts.Add(clip.StartFrame);
            Assert.Equal(clip.StartFrame, clip.Video.Frame(0).Span[0]);
            Assert.Equal([clip.StartFrame, clip.StartFrame + 1], clip.SourceFrames);
        }

        Assert.Equal(Enumerable.Range(first, end - first - 1), starts);
    }

    [Fact]
    public async Task A_video_that_ends_before_its_cut_is_refused()
    {
        FrameSize size = new(64, 48);
        File.WriteAllText(_folder["list.csv"], "videoFile\nwalk_0000004_0000030.mp4\n");
        SyntheticVideo.Lossless(_folder["walk.mkv"], SyntheticVideo.Counting(size, 20), size, "30");
        ConditionClipSource source = new([new SekaiVideos(_folder["list.csv"], _folder.Path)], new() { FrameCount = 2, Size = size }, new VideoReader());

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));

        Assert.Equal(VideoProblem.TooShort, error.Kind);
        Assert.EndsWith("ends after frame 20, the list wants its frames 4 to 30.", error.Message, StringComparison.Ordinal);
    }
}
