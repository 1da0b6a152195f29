using GeoAlign.Sampling.Tests.Video;

namespace GeoAlign.Sampling.Tests.Conditions;

/// <summary>What happens when a draw hits a video that cannot be used.</summary>
public sealed class RefusedClipTests : IDisposable
{
    private static readonly ConditionClipOptions Options = new() { FrameCount = 5, Size = new(4, 2), WhenUnreadable = UnreadableClipResponse.Redraw };
    private static readonly DateOnly Day = new(2026, 3, 14);

    private readonly TemporaryFolder _folder = new();
    private readonly ImaginaryVideos _videos = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_redraw_is_recorded_and_every_draw_can_be_made_again_by_itself()
    {
        ConditionClipSource all = Source(Options, null, "broken-40.mp4", "short-4.mp4", "good-40.mp4", "fine-30.mp4");
        int refusals = 0;

        for (int i = 0; i < 30; i++)
        {
            ConditionClip clip = await all.DrawAsync(7, i, 2);
            ConditionClip alone = await Source(Options, null, "broken-40.mp4", "short-4.mp4", "good-40.mp4", "fine-30.mp4").DrawAsync(7, i, 2);

            Assert.Equal((clip.Path, clip.StartFrame, clip.Attempt), (alone.Path, alone.StartFrame, alone.Attempt));
            Assert.Equal(clip.Refused, alone.Refused);
            Assert.Equal(clip.Attempt, clip.Refused.Count);
            Assert.All(clip.Refused, r => Assert.Equal(r.VideoName.StartsWith("broken", StringComparison.Ordinal) ? VideoProblem.Damaged : VideoProblem.TooShort, r.Kind));
            refusals += clip.Refused.Count;
        }

        Assert.InRange(refusals, 5, 80);
    }

    [Fact]
    public async Task Readable_draws_are_the_same_with_and_without_broken_neighbours_being_hit()
    {
        ConditionClipSource failing = Source(Options with { WhenUnreadable = UnreadableClipResponse.Fail }, null, "broken-40.mp4", "good-40.mp4");
        ConditionClipSource redrawing = Source(Options, null, "broken-40.mp4", "good-40.mp4");

        for (int i = 0; i < 20; i++)
        {
            ConditionClip again = await redrawing.DrawAsync(1, i, 0);
            if (again.Refused.Count > 0)
            {
                VideoException error = await Assert.ThrowsAsync<VideoException>(() => failing.DrawAsync(1, i, 0));
                Assert.Equal(VideoProblem.Damaged, error.Kind);
            }
            else
            {
                Assert.Equal(again.StartFrame, (await failing.DrawAsync(1, i, 0)).StartFrame);
            }
        }
    }

    [Fact]
    public async Task A_damaged_video_goes_into_quarantine_and_draws_stay_what_they_were()
    {
        ClipQuarantine first = ClipQuarantine.Open(_folder["quarantine.jsonl"], Day);
        ConditionClipSource before = Source(Options, first, "broken-40.mp4", "short-4.mp4", "good-40.mp4");
        List<ConditionClip> drawn = [];
        for (int i = 0; i < 20; i++) drawn.Add(await before.DrawAsync(5, i, 0));

        QuarantineEntry entry = Assert.Single(first.Entries);                  // too short is no fault of the content
        Assert.Equal((_folder["broken-40.mp4"], VideoProblem.Damaged, Day), (entry.Path, entry.Kind, entry.Date));
        Assert.Contains("is damaged at its end", entry.Reason, StringComparison.Ordinal);

        ImaginaryVideos untouched = new();
        ConditionClipSource after = Source(Options, ClipQuarantine.Open(_folder["quarantine.jsonl"], Day.AddDays(3)), untouched, "broken-40.mp4", "short-4.mp4", "good-40.mp4");
        for (int i = 0; i < 20; i++)
        {
            ConditionClip clip = await after.DrawAsync(5, i, 0);
            Assert.Equal((drawn[i].Path, drawn[i].StartFrame, drawn[i].Attempt), (clip.Path, clip.StartFrame, clip.Attempt));
            Assert.Equal(drawn[i].Refused.Select(r => (r.VideoName, r.Kind)), clip.Refused.Select(r => (r.VideoName, r.Kind)));
            Assert.All(clip.Refused, r => Assert.Equal(r.Kind == VideoProblem.Damaged, r.WasQuarantined));
        }

        Assert.DoesNotContain(untouched.WholeDecodings.Keys, k => k.Contains("broken", StringComparison.Ordinal));
        Assert.Contains(drawn, c => c.Refused.Any(r => r.Kind == VideoProblem.Damaged));
    }

    [Fact]
    public async Task A_repaired_file_is_used_again_and_a_bad_copy_is_known()
    {
        ClipQuarantine quarantine = ClipQuarantine.InMemory(Day);
        File.WriteAllText(_folder["broken-40.mp4"], "bad content");
        ConditionClipSource source = new([new VideoFolders(_folder["broken-40.mp4"])], Options with { MaximumAttempts = 2 }, new VideoReader(_videos), quarantine);
        await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));

        File.WriteAllText(_folder["good-40.mp4"], "bad content");
        File.WriteAllText(_folder["fine-40.mp4"], "repaired");
        VideoException copy = await Assert.ThrowsAsync<VideoException>(() => new ConditionClipSource([new VideoFolders(_folder["good-40.mp4"])], Options, new VideoReader(_videos), quarantine).DrawAsync(1, 0, 0));
        ConditionClip repaired = await new ConditionClipSource([new VideoFolders(_folder["fine-40.mp4"])], Options, new VideoReader(_videos), quarantine).DrawAsync(1, 0, 0);

        Assert.Contains("is in quarantine since 2026-03-14", copy.Message, StringComparison.Ordinal);
        Assert.Empty(repaired.Refused);
    }

    [Fact]
    public async Task A_file_that_changes_under_its_name_is_looked_at_again()
    {
        FrameSize size = new(64, 48);
        string file = SyntheticVideo.Lossless(_folder["walk.mkv"], SyntheticVideo.Counting(size, 3), size);
        ConditionClipSource source = new([file], Options with { WhenUnreadable = UnreadableClipResponse.Fail }, new VideoReader());
        VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));
        Assert.Equal(VideoProblem.TooShort, error.Kind);

        SyntheticVideo.Lossless(file, SyntheticVideo.Counting(size, 5), size);

        Assert.Equal([0, 1, 2, 3, 4], (await source.DrawAsync(1, 0, 0)).SourceFrames);
    }

    /// <summary>Damage in the first half of a long video: the clip cut out of its end can be used, before and after the quarantine list knows.</summary>
    [Fact]
    public async Task Damage_elsewhere_does_not_concern_a_cut()
    {
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "testsrc2=s=64x48:r=30:d=14,noise=alls=15:allf=t", "-c:v", "libx264", "-bf", "3", "-g", "40", "-pix_fmt", "yuv420p", _folder["walk.mp4"]);
        byte[] bytes = File.ReadAllBytes(_folder["walk.mp4"]);
        int data = bytes.AsSpan().IndexOf("mdat"u8);
        for (int i = data + bytes.Length * 45 / 100; i < data + bytes.Length * 48 / 100; i += 40) bytes[i] ^= 0x5A;
        File.WriteAllBytes(_folder["walk.mp4"], bytes);
        File.WriteAllText(_folder["list.csv"], "videoFile\nwalk_0000150_0000240.mp4\nwalk_0000330_0000420.mp4\n");

        for (int run = 0; run < 2; run++)
        {
            ClipQuarantine quarantine = ClipQuarantine.Open(_folder["quarantine.jsonl"], Day);
            ConditionClipSource source = new([new SekaiVideos(_folder["list.csv"], _folder.Path)], Options with { WhenUnreadable = UnreadableClipResponse.Fail }, new VideoReader(), quarantine);

            ConditionClip clip = await source.ReadAsync("walk_0000330_0000420", startFrame: 400);
            VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.ReadAsync("walk_0000150_0000240", startFrame: 150));

            Assert.Equal([400, 401, 402, 403, 404], clip.SourceFrames);
            Assert.Equal((VideoProblem.Damaged, run == 1), (error.Kind, error.Message.Contains("is in quarantine since", StringComparison.Ordinal)));
            Assert.Single(quarantine.Entries);
        }
    }

    [Fact]
    public async Task When_nothing_can_be_used_the_error_lists_every_reason()
    {
        ConditionClipSource source = Source(Options with { MaximumAttempts = 12 }, null, "broken-40.mp4", "short-4.mp4");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 4, 2));

        Assert.Contains("none of 12 videos drawn for iteration 4, group 2 could be used", error.Message, StringComparison.Ordinal);
        Assert.Contains("is damaged at its end", error.Message, StringComparison.Ordinal);
        Assert.Contains("4 frames found, 5 needed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_not_put_into_quarantine()
    {
        ClipQuarantine quarantine = ClipQuarantine.InMemory(Day);
        File.WriteAllText(_folder["a.mp4"], "x");
        ConditionClipSource source = new([new VideoFolders(_folder["a.mp4"])], Options, new VideoReader(), quarantine);
        File.Delete(_folder["a.mp4"]);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));

        Assert.Contains("there is no such file", error.Message, StringComparison.Ordinal);
        Assert.Empty(quarantine.Entries);
    }

    [Fact]
    public async Task Clips_of_another_rate_take_the_frames_nearest_in_time()
    {
        ConditionClipSource source = Source(Options with { FrameRate = new FrameRate(16) }, null, "a-20.mp4");           // 30 → 16: 0, 2, 4, 6, 8 (1.875, 3.75, 5.625, 7.5)
        SortedSet<int> starts = [];

        for (int i = 0; i < 100; i++)
        {
            ConditionClip clip = await source.DrawAsync(1, i, 0);

            starts.Add(clip.StartFrame);
            Assert.Equal(new[] { 0, 2, 4, 6, 8 }.Select(k => clip.StartFrame + k), clip.SourceFrames);
            Assert.Equal(clip.SourceFrames, Enumerable.Range(0, 5).Select(k => (int)clip.Video.Frame(k).Span[0]));
            Assert.Equal(new FrameRate(16), clip.Video.FrameRate);
        }

        Assert.Equal(Enumerable.Range(0, 12), starts);                         // the last ends with frame 19
    }

    [Fact]
    public async Task A_rate_above_the_videos_own_is_refused()
    {
        ConditionClipSource source = Source(Options with { FrameRate = new FrameRate(31), WhenUnreadable = UnreadableClipResponse.Fail }, null, "a-20.mp4");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));

        Assert.Contains("shows 30 frames per second, 31 are wanted", error.Message, StringComparison.Ordinal);
        Assert.Contains("must be 1 when FrameRate is given", Assert.Throws<ArgumentException>(() => (Options with { FrameRate = new FrameRate(8), FrameStride = 2 }).Validated()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_videos_of_one_name_over_several_sources_are_refused()
    {
        foreach (string folder in new[] { "x", "y" })
        {
            Directory.CreateDirectory(_folder[folder]);
            File.WriteAllText(_folder[folder + "/a-20.mp4"], "");
        }

        ArgumentException error = Assert.Throws<ArgumentException>(() => new ConditionClipSource([new VideoFolders(_folder["x"]), new VideoFolders(_folder["y"])], Options, new VideoReader(_videos)));

        Assert.Contains("2 condition videos are called a-20.mp4", error.Message, StringComparison.Ordinal);
        Assert.Equal(["a-20.mp4", "a-20.mp4#2"], new VideoFolders(_folder["x"], _folder["y"]).List().Select(v => v.Name));
    }

    private ConditionClipSource Source(ConditionClipOptions options, ClipQuarantine? quarantine, params string[] names) => Source(options, quarantine, _videos, names);

    private ConditionClipSource Source(ConditionClipOptions options, ClipQuarantine? quarantine, ImaginaryVideos videos, params string[] names)
    {
        foreach (string name in names) if (!File.Exists(_folder[name])) File.WriteAllText(_folder[name], name);
        return new([new VideoFolders(names.Select(name => _folder[name]))], options, new VideoReader(videos), quarantine);
    }
}
