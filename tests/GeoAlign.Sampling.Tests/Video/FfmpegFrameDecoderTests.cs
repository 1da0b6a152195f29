namespace GeoAlign.Sampling.Tests.Video;

/// <summary>How the decoder treats the program behind it, whatever that program does.</summary>
public sealed class FfmpegFrameDecoderTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_output_that_ends_inside_a_frame_is_an_error()
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, "head -c 20000 /dev/zero");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => Count(program));

        Assert.StartsWith("video.mp4: is damaged or cut off: 2 frames came out whole, then ffmpeg said:", error.Message, StringComparison.Ordinal);
        Assert.Contains("ended inside a frame, after 1568 of 9216 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flood_of_errors_neither_blocks_nor_fills_the_message()
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, "seq -f 'damaged block %.0f' 100000 >&2; head -c 9216 /dev/zero; exit 0");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => Count(program));

        Assert.Contains("damaged block 12", error.Message, StringComparison.Ordinal);
        Assert.Contains("(99988 more lines)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silent_failure_is_still_a_failure()
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, "head -c 9216 /dev/zero; exit 3");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => Count(program));

        Assert.Contains("exit code 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_the_loop_kills_the_program()
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, $"echo $$ > '{_folder["pid"]}'; exec cat /dev/zero");

        await foreach (ReadOnlyMemory<byte> frame in Decode(program, CancellationToken.None))
        {
            Assert.Equal(Size.Rgb24Bytes, frame.Length);
            break;
        }

        Assert.False(IsRunning(_folder["pid"]));
    }

    [Theory]
    [InlineData("exec cat /dev/zero"), InlineData("exec sleep 600")]
    public async Task Cancelling_kills_the_program(string script)
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, $"echo $$ > '{_folder["pid"]}'; {script}");
        using CancellationTokenSource cancel = new();
        Task reading = Count(program, cancel.Token);
        while (!File.Exists(_folder["pid"]) || File.ReadAllText(_folder["pid"]).Length == 0) await Task.Delay(5);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.False(IsRunning(_folder["pid"]));
    }

    [Fact]
    public async Task A_cancelled_token_starts_nothing()
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, $"touch '{_folder["started"]}'");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Count(program, new CancellationToken(canceled: true)));

        Assert.False(File.Exists(_folder["started"]));
    }

    [Theory]
    [InlineData(0, 48, 0, 1, 1), InlineData(64, 48, -1, 1, 1), InlineData(64, 48, 0, 0, 1), InlineData(64, 48, 0, 1, 0)]
    public async Task A_request_without_meaning_is_refused(int width, int height, int start, int stride, int count)
    {
        FfmpegExecutable program = ScriptedFfmpeg.Create(_folder, "");
        FrameRequest request = new(new(width, height), start, stride, count);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (ReadOnlyMemory<byte> _ in new FfmpegFrameDecoder(program).DecodeAsync(Video(), request))
                Assert.Fail("no frame was expected");
        });
    }

    private static VideoInfo Video() => new() { Path = "video.mp4", Size = Size };

    private static IAsyncEnumerable<ReadOnlyMemory<byte>> Decode(FfmpegExecutable program, CancellationToken cancellationToken) =>
        new FfmpegFrameDecoder(program).DecodeAsync(Video(), new FrameRequest(Size), cancellationToken);

    private static async Task<int> Count(FfmpegExecutable program, CancellationToken cancellationToken = default)
    {
        int frames = 0;
        await foreach (ReadOnlyMemory<byte> _ in Decode(program, cancellationToken)) frames++;
        return frames;
    }

    private static bool IsRunning(string pidFile) => Directory.Exists("/proc/" + File.ReadAllText(pidFile).Trim());
}
