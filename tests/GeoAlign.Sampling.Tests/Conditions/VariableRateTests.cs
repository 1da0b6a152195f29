using GeoAlign.Sampling.Tests.Video;

namespace GeoAlign.Sampling.Tests.Conditions;

/// <summary>Videos whose frames are not evenly spaced: what counts is when a frame is shown.</summary>
public sealed class VariableRateTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new();
    private readonly VideoReader _reader = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Frames 0 to 10 are shown every tenth of a second, 10 to 24 every 0.4 seconds: 24 intervals in 6.6 seconds.</summary>
    [Theory, InlineData("variable.mkv"), InlineData("variable.mp4")]
    public async Task A_rate_takes_the_frames_shown_nearest(string name)
    {
        string file = Variable(name);

        VideoClip clip = await _reader.ReadAsync(file, new() { Frames = FrameSelection.AtRate(7, new FrameRate(7, 2), start: 6) });

        // 0.6, 0.886, 1.171, 1.457, 1.743, 2.029, 2.314 s; frames at 0.9 (9), 1.0 (10), 1.4 (11), 1.8 (12), 2.2 (13), 2.6 (14).
        Assert.Equal([6, 9, 10, 11, 12, 13, 13], Numbers(clip));
        Assert.Equal(new FrameRate(7, 2), clip.FrameRate);
        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(file, new() { Frames = FrameSelection.AtRate(40, new FrameRate(3), start: 20) }));
        Assert.Equal(VideoProblem.TooShort, error.Kind);
        Assert.Contains("6 frames found from frame 20 on", error.Message, StringComparison.Ordinal);         // 5 s to 6.67 s; the last is shown at 6.6 s
    }

    [Fact]
    public async Task Clips_keep_to_time_and_every_start_that_leaves_enough_of_it_is_a_window()
    {
        ConditionClipOptions options = new() { FrameCount = 9, Size = Size, FrameRate = new FrameRate(2) };
        ConditionVideo video = new() { Name = "variable", Path = Variable("variable.mkv") };

        VideoSurvey survey = await VideoSurvey.OfAsync(_reader, video, folderFrameRate: null, CancellationToken.None);

        Assert.Equal(15, survey.Windows(options));                            // 4 s long; frame 14 is shown at 2.6 s, the last at 6.6 s, 0.25 s of grace
        Assert.Equal(5, survey.Windows(options with { WindowStepFrames = 3 }));
        Assert.Null(survey.Clip(15, options));
        for (int start = 0; start < 15; start++)
        {
            int[] frames = survey.Clip(start, options)!;
            for (int k = 0; k < 9; k++)
            {
                double wanted = Time(start) + k / 2.0, taken = Math.Abs(Time(frames[k]) - wanted);
                Assert.All(Enumerable.Range(0, 25), frame => Assert.True(Math.Abs(Time(frame) - wanted) >= taken - 1e-9, $"frame {frame} is nearer to {wanted} s than {frames[k]}"));
            }
        }
    }

    [Fact]
    public async Task Without_a_rate_clips_have_the_mean_one_and_evenly_spaced_times()
    {
        ConditionClipSource source = new([Variable("variable.mp4")], new() { FrameCount = 5, Size = Size }, _reader);

        ConditionClip clip = await source.ReadAsync("variable.mp4", startFrame: 8);

        // 24 intervals in 6.6 s: 3.636 per second, one in 0.275 s: 0.8, 1.075, 1.35, 1.625, 1.9 s.
        Assert.Equal([8, 10, 11, 12, 12], clip.SourceFrames);
        Assert.Equal(new FrameRate(3636, 1000), clip.Video.FrameRate);
        Assert.Equal(clip.SourceFrames, Numbers(clip.Video));
    }

    [Fact]
    public async Task A_cut_is_a_time()
    {
        File.Copy(Variable("variable.mkv"), _folder["walk.mkv"]);
        File.WriteAllText(_folder["list.csv"], "videoFile\nwalk_0000024_0000072.mp4\nwalk_0000150_0000210.mp4\n");     // 0.8 to 2.4 s, 5 to 7 s
        ConditionClipSource source = new([new SekaiVideos(_folder["list.csv"], _folder.Path)], new() { FrameCount = 2, Size = Size, FrameRate = new FrameRate(2) }, _reader);
        Dictionary<string, SortedSet<int>> frames = new() { ["walk_0000024_0000072"] = [], ["walk_0000150_0000210"] = [] };

        for (int i = 0; i < 40; i++)
        {
            ConditionClip clip = await source.DrawAsync(3, i, 0, CancellationToken.None);
            frames[clip.Source.Name].UnionWith(clip.SourceFrames);
        }

        Assert.Equal([8, 9, 10, 11, 12, 13], frames["walk_0000024_0000072"]);  // 2.4 s lies between frames 13 (2.2 s) and 14 (2.6 s), which is the end
        Assert.Equal([20, 21, 22, 23, 24], frames["walk_0000150_0000210"]);
    }

    [Fact]
    public async Task A_cut_that_lies_behind_the_end_is_refused()
    {
        File.Copy(Variable("variable.mkv"), _folder["walk.mkv"]);
        File.WriteAllText(_folder["list.csv"], "videoFile\nwalk_0000150_0000230.mp4\n");
        ConditionClipSource source = new([new SekaiVideos(_folder["list.csv"], _folder.Path)], new() { FrameCount = 2, Size = Size, FrameRate = new FrameRate(2) }, _reader);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => source.DrawAsync(1, 0, 0));

        Assert.Equal(VideoProblem.TooShort, error.Kind);
        Assert.Contains("before frame 230 at 30 per second", error.Message, StringComparison.Ordinal);
    }

    private static double Time(int frame) => frame < 10 ? 0.1 * frame : 1 + 0.4 * (frame - 10);

    private string Variable(string name)
    {
        string steady = SyntheticVideo.Lossless(_folder["steady.mkv"], SyntheticVideo.Counting(Size, 25), Size, "10");
        SyntheticVideo.Run([], "-i", steady, "-vf", "setpts='if(lt(N,10),N,10+(N-10)*4)/10/TB'", "-fps_mode", "vfr", "-c:v", "libx264rgb", "-qp", "0", _folder[name]);
        return _folder[name];
    }

    private static IEnumerable<int> Numbers(VideoClip clip) => Enumerable.Range(0, clip.FrameCount).Select(i => clip.Frame(i).Span[0] / 10);
}
