using GeoAlign.Sampling.Tests.Video;

namespace GeoAlign.Sampling.Tests.Conditions;

public sealed class ConditionClipSourceTests : IDisposable
{
    private static readonly ConditionClipOptions Small = new() { FrameCount = 5, FrameStride = 2, WindowStepFrames = 3, Size = new(4, 2) };

    private readonly TemporaryFolder _folder = new();
    private readonly ImaginaryVideos _videos = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Clips_are_the_windows_of_the_video_and_every_window_occurs()
    {
        ConditionClipSource source = Source(Small, "a-20.mp4");                // span 9: starts 0, 3, 6, 9; 12 would end at frame 20
        HashSet<int> starts = [];

        for (int iteration = 0; iteration < 60; iteration++)
        {
            ConditionClip clip = await source.DrawAsync(1, iteration, 0);

            starts.Add(clip.StartFrame);
            Assert.Equal(Enumerable.Range(0, 5).Select(i => clip.StartFrame + 2 * i), Greys(clip.Video));
            Assert.Equal(new FrameRate(15), clip.Video.FrameRate);
        }

        Assert.Equal([0, 3, 6, 9], starts.Order());
    }

    [Fact]
    public async Task The_last_window_ends_with_the_last_frame()
    {
        ConditionClipSource source = Source(Small with { WindowStepFrames = 1 }, "a-20.mp4");

        int last = 0;
        for (int iteration = 0; iteration < 200; iteration++) last = Math.Max(last, (await source.DrawAsync(1, iteration, 0)).StartFrame);

        Assert.Equal(20 - 9, last);
    }

    [Fact]
    public async Task A_draw_depends_on_its_key_alone()
    {
        string[] names = ["a-200.mp4", "b-180.mp4", "c-90.mp4"];
        ConditionClipSource first = Source(Small, names), second = Source(Small, names);
        await first.DrawAsync(9, 0, 0);
        await first.DrawAsync(9, 5, 1);

        ConditionClip a = await first.DrawAsync(9, 3, 2), b = await second.DrawAsync(9, 3, 2);

        Assert.Equal((a.SourceIndex, a.Path, a.StartFrame), (b.SourceIndex, b.Path, b.StartFrame));
        Assert.True(a.Video.Rgb24.Span.SequenceEqual(b.Video.Rgb24.Span));
        Assert.True(await Differs(9, 3, 2, -9, 3, 2) && await Differs(9, 3, 2, 9, 2, 3) && await Differs(9, 3, 2, 9, 4, 2));

        // One of 8 neighbouring keys at least must give something else.
        async Task<bool> Differs(long seed, int iteration, int group, long otherSeed, int otherIteration, int otherGroup)
        {
            for (int k = 0; k < 8; k++)
            {
                ConditionClip x = await first.DrawAsync(seed, iteration + k, group), y = await first.DrawAsync(otherSeed, otherIteration + k, otherGroup);
                if ((x.SourceIndex, x.StartFrame) != (y.SourceIndex, y.StartFrame)) return true;
            }

            return false;
        }
    }

    [Fact]
    public async Task Every_video_is_equally_likely_whatever_its_length()
    {
        ConditionClipSource source = Source(Small, "a-9.mp4", "b-100.mp4", "c-250.mp4");
        int[] counts = new int[3];
        const int draws = 3000;

        for (int i = 0; i < draws; i++) counts[(await source.DrawAsync(4, i / 10, i % 10)).SourceIndex]++;

        // Binomial with p = 1/3: five standard deviations.
        Assert.All(counts, n => Assert.InRange(n, draws / 3.0 - 5 * Math.Sqrt(draws * 2 / 9.0), draws / 3.0 + 5 * Math.Sqrt(draws * 2 / 9.0)));
    }

    [Fact]
    public async Task A_video_is_counted_once()
    {
        ConditionClipSource source = Source(Small, "a-20.mp4");

        await source.CheckAsync();
        for (int i = 0; i < 5; i++) await source.DrawAsync(1, i, 0);

        Assert.Equal(1, Assert.Single(_videos.WholeDecodings).Value);
    }

    [Fact]
    public async Task A_check_lists_every_video_that_is_too_short()
    {
        ConditionClipSource source = Source(Small, "a-8.mp4", "b-9.mp4", "c-0.mp4");

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => source.CheckAsync());

        Assert.StartsWith("2 of 3 condition videos cannot be used:", error.Message, StringComparison.Ordinal);
        Assert.Contains("a-8.mp4: 8 frames found, 9 needed for a clip of 5 frames taking every 2.", error.Message, StringComparison.Ordinal);
        Assert.Contains("c-0.mp4: 0 frames found", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("b-9.mp4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_video_is_an_error_when_it_is_drawn()
    {
        ConditionClipSource source = Source(Small, "a-8.mp4");

        await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));
    }

    [Fact]
    public void Folders_stand_for_the_videos_in_them()
    {
        Directory.CreateDirectory(_folder["clips/frames10"]);
        Directory.CreateDirectory(_folder["clips/frames9"]);
        Directory.CreateDirectory(_folder["clips/empty"]);
        foreach (string name in new[] { "clips/frames10/1.png", "clips/frames9/1.jpg", "clips/b-20.MP4", "clips/a-20.mov", "clips/notes.txt", "clips/.hidden.mp4", "single-20.mp4" })
            File.WriteAllText(_folder[name], "");

        ConditionClipSource source = new([_folder["single-20.mp4"], _folder["clips"], _folder["clips/frames10"]], Small, new VideoReader(_videos));

        Assert.Equal(["single-20.mp4", "a-20.mov", "b-20.MP4", "frames9", "frames10", "frames10"], source.Paths.Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public void Paths_without_videos_are_refused_by_name()
    {
        Assert.Contains("holds no frames", Refusal(_folder.Path).Message, StringComparison.Ordinal);
        Assert.Contains("no such file or folder", Refusal(_folder["absent"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ConditionClipSource([], Small, new VideoReader(_videos)));

        VideoException Refusal(string path) => Assert.Throws<VideoException>(() => new ConditionClipSource([path], Small, new VideoReader(_videos)));
    }

    [Fact]
    public void One_message_lists_every_bad_option()
    {
        ConditionClipOptions bad = new() { FrameCount = 0, Size = new(0, 5), FrameStride = 0, WindowStepFrames = -1, FolderFrameRate = default(FrameRate) };

        ArgumentException error = Assert.Throws<ArgumentException>(() => bad.Validated());

        Assert.Equal("ConditionClipOptions: FrameCount is 0, must be ≥ 1; Size is 0×5, must be positive; FrameStride is 0, must be ≥ 1; "
            + "WindowStepFrames is -1, must be ≥ 1; FolderFrameRate is no rate.", error.Message);
    }

    [Fact]
    public async Task Files_and_folders_of_frames_are_read_through_ffmpeg()
    {
        FrameSize size = new(64, 48);
        Directory.CreateDirectory(_folder["frames"]);
        SyntheticVideo.Run(SyntheticVideo.Counting(size, 12), "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x48", "-i", "pipe:0", _folder["frames/%d.png"]);
        SyntheticVideo.Lossless(_folder["video.mkv"], SyntheticVideo.Counting(size, 12), size, "12");
        ConditionClipSource source = new([_folder["frames"], _folder["video.mkv"]],
            Small with { FolderFrameRate = new FrameRate(8), Size = new(32, 20) }, new VideoReader());
        await source.CheckAsync();
        HashSet<int> seen = [];

        for (int iteration = 0; iteration < 6; iteration++)
        {
            ConditionClip clip = await source.DrawAsync(2, iteration, 0);

            seen.Add(clip.SourceIndex);
            Assert.Equal(Enumerable.Range(0, 5).Select(i => 10 * (clip.StartFrame + 2 * i)), Greys(clip.Video));
            Assert.Equal((new FrameSize(32, 20), new FrameRate(clip.SourceIndex == 0 ? 4 : 6)), (clip.Video.Size, clip.Video.FrameRate));
        }

        Assert.Equal(2, seen.Count);
    }

    [Fact]
    public async Task A_folder_of_frames_needs_a_rate()
    {
        SyntheticVideo.Run(SyntheticVideo.Counting(new(64, 48), 12), "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x48", "-i", "pipe:0", _folder["%d.png"]);
        ConditionClipSource source = new([_folder.Path], Small, new VideoReader());

        InvalidDataException error = await Assert.ThrowsAsync<InvalidDataException>(() => source.CheckAsync());

        Assert.Contains("ConditionClipOptions.FolderFrameRate", error.Message, StringComparison.Ordinal);
    }

    private ConditionClipSource Source(ConditionClipOptions options, params string[] names)
    {
        foreach (string name in names) File.WriteAllText(_folder[name], "");
        return new(names.Select(name => _folder[name]), options, new VideoReader(_videos));
    }

    private static IEnumerable<int> Greys(VideoClip clip) => Enumerable.Range(0, clip.FrameCount).Select(i => (int)clip.Frame(i).Span[0]);
}
