namespace GeoAlign.Sampling.Tests.Video;

public sealed class VideoWriterTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new();
    private readonly VideoWriter _writer = new();
    private readonly VideoReader _reader = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Png_frames_round_trip_byte_for_byte()
    {
        VideoClip clip = new(SyntheticVideo.Noise(Size, 11), Size, new FrameRate(30000, 1001));

        await _writer.WritePngFramesAsync(clip, _folder["100% frames"]);
        VideoClip back = await _reader.ReadAsync(_folder["100% frames"], new() { FolderFrameRate = clip.FrameRate });

        Assert.True(back.Rgb24.Span.SequenceEqual(clip.Rgb24.Span));
        Assert.Equal("00000.png", Path.GetFileName(Directory.GetFiles(_folder["100% frames"]).Min()));
    }

    [Fact]
    public async Task Mp4_keeps_size_count_rate_and_colours()
    {
        // Four flat, saturated colours: a matrix mix-up (BT.601 for BT.709) would shift green and red by 10 and more.
        byte[][] colours = [[200, 30, 40], [30, 180, 60], [40, 60, 200], [220, 210, 40]];
        byte[] pixels = new byte[9 * Size.Rgb24Bytes];
        for (int i = 0; i < pixels.Length / 3; i++) colours[i % 64 / 16].CopyTo(pixels.AsSpan(3 * i));
        VideoClip clip = new(pixels, Size, new FrameRate(24000, 1001));

        await _writer.WriteMp4Async(clip, _folder["colours.mp4"], constantRateFactor: 4);
        VideoClip back = await _reader.ReadAsync(_folder["colours.mp4"]);

        Assert.Equal((clip.Size, clip.FrameCount, clip.FrameRate), (back.Size, back.FrameCount, back.FrameRate));
        for (int stripe = 0; stripe < 4; stripe++)
        {
            ReadOnlySpan<byte> middle = back.Frame(4).Span.Slice(3 * (24 * 64 + 16 * stripe + 8), 3);
            for (int channel = 0; channel < 3; channel++) Assert.InRange(middle[channel], colours[stripe][channel] - 3, colours[stripe][channel] + 3);
        }
    }

    [Fact]
    public async Task Gif_keeps_size_and_count()
    {
        VideoClip clip = new(SyntheticVideo.Counting(Size, 5), Size, new FrameRate(10));

        await _writer.WriteGifAsync(clip, _folder["grey.gif"]);
        VideoClip back = await _reader.ReadAsync(_folder["grey.gif"]);

        Assert.Equal((clip.Size, clip.FrameCount, clip.FrameRate), (back.Size, back.FrameCount, back.FrameRate));
        for (int i = 0; i < 5; i++) Assert.InRange(back.Frame(i).Span[0], 10 * i - 4, 10 * i + 4);
    }

    [Fact]
    public async Task Odd_sizes_cannot_become_mp4()
    {
        VideoClip clip = new(new byte[63 * 48 * 3], new FrameSize(63, 48), new FrameRate(16));

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _writer.WriteMp4Async(clip, _folder["odd.mp4"]));

        Assert.Equal($"{_folder["odd.mp4"]}: frames of 63×48 pixels cannot become yuv420p video, which needs even sizes; crop or pad by a pixel.", error.Message);
    }

    [Theory]
    [InlineData("for last; do :; done; echo half > \"$last\"; echo 'the disk is full' >&2; exit 1")]
    [InlineData("cat > /dev/null; for last; do :; done; echo half > \"$last\"; echo 'the disk is full' >&2; exit 1")]
    public async Task An_encoder_that_dies_leaves_the_old_file_and_nothing_half_written(string script)
    {
        using TemporaryFolder programs = new();
        VideoWriter writer = new(ScriptedFfmpeg.Create(programs, script));
        VideoClip clip = new(SyntheticVideo.Noise(new(640, 480), 3), new(640, 480), new FrameRate(16));
        File.WriteAllText(_folder["old.mp4"], "old");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => writer.WriteMp4Async(clip, _folder["old.mp4"]));
        await Assert.ThrowsAsync<VideoException>(() => writer.WritePngFramesAsync(clip, _folder["frames"]));

        Assert.StartsWith(_folder["old.mp4"] + ": could not be written. ffmpeg said:", error.Message, StringComparison.Ordinal);
        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder["old.mp4"]], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal("old", File.ReadAllText(_folder["old.mp4"]));
    }

    [Fact]
    public async Task A_final_name_that_is_a_folder_is_refused()
    {
        VideoClip clip = new(SyntheticVideo.Counting(Size, 3), Size, new FrameRate(16));
        Directory.CreateDirectory(_folder["taken.mp4"]);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _writer.WriteMp4Async(clip, _folder["taken.mp4"]));

        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
        Assert.Equal([_folder["taken.mp4"]], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        VideoClip clip = new(SyntheticVideo.Noise(new(640, 480), 60), new(640, 480), new FrameRate(16));
        using CancellationTokenSource cancel = new(millisecondsDelay: 150);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _writer.WriteMp4Async(clip, _folder["cancelled.mp4"], 0, cancel.Token));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory, InlineData("mp4"), InlineData("gif"), InlineData("png")]
    public async Task Cancelling_kills_the_encoder_and_leaves_nothing(string kind)
    {
        using TemporaryFolder programs = new();
        VideoWriter writer = new(ScriptedFfmpeg.Create(programs, $"echo $$ > '{programs["pid"]}'; exec sleep 600"));
        VideoClip clip = new(SyntheticVideo.Noise(new(640, 480), 3), new(640, 480), new FrameRate(16));
        using CancellationTokenSource cancel = new();
        Task writing = kind switch
        {
            "mp4" => writer.WriteMp4Async(clip, _folder["x.mp4"], cancellationToken: cancel.Token),
            "gif" => writer.WriteGifAsync(clip, _folder["x.gif"], cancel.Token),
            _ => writer.WritePngFramesAsync(clip, _folder["x"], cancel.Token),
        };
        while (!File.Exists(programs["pid"]) || File.ReadAllText(programs["pid"]).Length == 0) await Task.Delay(5);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.False(Directory.Exists("/proc/" + File.ReadAllText(programs["pid"]).Trim()));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Every_frame_is_reported_once()
    {
        List<VideoProgress> reports = [];
        VideoWriter writer = new() { Progress = new Immediate(reports.Add) };
        VideoClip clip = new(SyntheticVideo.Counting(Size, 4), Size, new FrameRate(16));

        await writer.WriteGifAsync(clip, _folder["grey.gif"]);

        Assert.Equal(Enumerable.Range(1, 4).Select(i => new VideoProgress(_folder["grey.gif"], i, 4)), reports);
    }

    private sealed class Immediate(Action<VideoProgress> report) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => report(value);
    }

    [Fact]
    public async Task An_existing_file_is_replaced_and_an_existing_folder_is_not()
    {
        VideoClip clip = new(SyntheticVideo.Counting(Size, 3), Size, new FrameRate(16));
        File.WriteAllText(_folder["old.mp4"], "old");
        Directory.CreateDirectory(_folder["frames"]);

        await _writer.WriteMp4Async(clip, _folder["old.mp4"]);

        Assert.Equal(3, await _reader.CountFramesAsync(_folder["old.mp4"]));
        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _writer.WritePngFramesAsync(clip, _folder["frames"]));
        Assert.Contains("exists already", error.Message, StringComparison.Ordinal);
    }
}
