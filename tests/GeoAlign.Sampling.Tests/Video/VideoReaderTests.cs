using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace GeoAlign.Sampling.Tests.Video;

public sealed class VideoReaderTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new();
    private readonly VideoReader _reader = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Lossless_frames_come_back_byte_for_byte()
    {
        byte[] pixels = SyntheticVideo.Noise(Size, 9);
        string file = SyntheticVideo.Lossless(_folder["nine.mkv"], pixels, Size, "30000/1001");

        VideoClip clip = await _reader.ReadAsync(file);

        Assert.Equal((Size, 9, new FrameRate(30000, 1001)), (clip.Size, clip.FrameCount, clip.FrameRate));
        Assert.True(clip.Rgb24.Span.SequenceEqual(pixels));
        Assert.Equal(9, await _reader.CountFramesAsync(file));
    }

    [Fact]
    public async Task Exactly_n_frames_start_and_stride_where_they_are_told_to()
    {
        string file = SyntheticVideo.Lossless(_folder["count.mkv"], SyntheticVideo.Counting(Size, 20), Size, "24");

        VideoClip clip = await _reader.ReadAsync(file, new() { Frames = FrameSelection.Exactly(5, start: 3, stride: 4) });

        Assert.Equal(new[] { 30, 70, 110, 150, 190 }, Greys(clip));
        Assert.Equal(new FrameRate(6), clip.FrameRate);
    }

    [Fact]
    public async Task The_frame_rule_cuts_to_4k_plus_1()
    {
        string file = SyntheticVideo.Lossless(_folder["twelve.mkv"], SyntheticVideo.Counting(Size, 12), Size);

        VideoClip clip = await _reader.ReadAsync(file, new() { Frames = FrameSelection.FourKPlusOne });

        Assert.Equal(new[] { 0, 10, 20, 30, 40, 50, 60, 70, 80 }, Greys(clip));
    }

    [Theory]
    [InlineData(0, 1, ": 9 frames found, 10 needed;"), InlineData(2, 3, ": 3 frames found from frame 2 on, taking every 3, 10 needed;"), InlineData(50, 1, ": 0 frames found from frame 50 on, taking every 1, 10 needed;")]
    public async Task A_video_that_is_too_short_says_how_many_frames_it_has_and_needs(int start, int stride, string message)
    {
        string file = SyntheticVideo.Lossless(_folder["short.mkv"], SyntheticVideo.Noise(Size, 9), Size);

        VideoException error = await Assert.ThrowsAsync<VideoException>(
            () => _reader.ReadAsync(file, new() { Frames = FrameSelection.Exactly(10, start, stride) }));

        Assert.StartsWith(file + message, error.Message, StringComparison.Ordinal);
        Assert.Equal(file, error.Path);
    }

    [Fact]
    public async Task Scaling_covers_the_size_and_crops_around_the_centre()
    {
        // Left third red, middle green, right third blue, 96 × 24; a 24 × 24 crop sees green only, a 48 × 12 one all three.
        FrameSize wide = new(96, 24);
        byte[] pixels = new byte[wide.Rgb24Bytes];
        for (int i = 0; i < pixels.Length / 3; i++) pixels[3 * i + i % 96 / 32] = 255;
        string file = SyntheticVideo.Lossless(_folder["wide.mkv"], pixels, wide);

        VideoClip square = await _reader.ReadAsync(file, new() { Size = new FrameSize(24, 24) });
        VideoClip half = await _reader.ReadAsync(file, new() { Size = new FrameSize(48, 12) });

        Assert.All(Enumerable.Range(0, 24 * 24), i => Assert.Equal([0, 255, 0], square.Rgb24.Slice(3 * i, 3).ToArray()));
        Assert.Equal([255, 0, 0], half.Rgb24.Slice(0, 3).ToArray());
        Assert.Equal([0, 255, 0], half.Rgb24.Slice(3 * 24, 3).ToArray());
        Assert.Equal([0, 0, 255], half.Rgb24.Slice(3 * 47, 3).ToArray());
    }

    [Theory]
    [InlineData(24, 12, 8, 2), InlineData(96, 48, 2, -1)]
    public async Task Scaling_keeps_pixel_centres_aligned(int width, int height, int slope, int offset)
    {
        // A ramp 4x over 48 columns: at half the size column x lies over 2x + ½, at twice the size over (x − ½)/2.
        FrameSize size = new(48, 24);
        byte[] pixels = new byte[size.Rgb24Bytes];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(4 * (i / 3 % 48));
        string file = SyntheticVideo.Lossless(_folder["ramp.mkv"], pixels, size);

        VideoClip clip = await _reader.ReadAsync(file, new() { Size = new FrameSize(width, height) });

        for (int x = 2; x < width - 2; x++) Assert.InRange(clip.Rgb24.Span[3 * x], slope * x + offset - 1, slope * x + offset + 1);
    }

    [Fact]
    public async Task Odd_offsets_crop_exactly()
    {
        // 10 columns of different grey; an 8-high picture scaled by 1, cropped to 5 columns: offset 2.5 to even = 2.
        FrameSize size = new(10, 8);
        byte[] pixels = new byte[size.Rgb24Bytes];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(20 * (i / 3 % 10));
        string file = SyntheticVideo.Lossless(_folder["columns.mkv"], pixels, size);

        VideoClip clip = await _reader.ReadAsync(file, new() { Size = new FrameSize(5, 8) });

        Assert.Equal(new byte[] { 40, 60, 80, 100, 120 }, Enumerable.Range(0, 5).Select(x => clip.Rgb24.Span[3 * x]));
    }

    /// <summary>The rotation lives in the track header's matrix: rows (a, b, u), (c, d, v), (x, y, w) of 16.16 numbers.</summary>
    [Theory]
    [InlineData(0, 1, -1, 0, 90), InlineData(-1, 0, 0, -1, 180), InlineData(0, -1, 1, 0, 270)]
    public async Task Rotation_metadata_turns_the_picture_upright(int a, int b, int c, int d, int clockwise)
    {
        byte[] stored = SyntheticVideo.Noise(Size, 1);
        string file = SyntheticVideo.Lossless(_folder["turned.mp4"], stored, Size);
        PatchDisplayMatrix(file, a, b, c, d);

        VideoInfo info = await _reader.ProbeAsync(file);
        VideoClip clip = await _reader.ReadAsync(file);

        Assert.Equal(clockwise, info.ClockwiseRotationDegrees);
        Assert.Equal(clockwise == 180 ? new FrameSize(64, 48) : new FrameSize(48, 64), clip.Size);
        for (int y = 0; y < 48; y++)
        {
            for (int x = 0; x < 64; x++)
            {
                (int column, int row) = clockwise switch { 90 => (47 - y, x), 180 => (63 - x, 47 - y), _ => (y, 63 - x) };
                Assert.True(clip.Rgb24.Span.Slice(3 * (row * clip.Width + column), 3).SequenceEqual(stored.AsSpan(3 * (y * 64 + x), 3)), $"stored ({x}, {y})");
            }
        }
    }

    [Fact]
    public async Task A_mirrored_picture_is_refused()
    {
        string file = SyntheticVideo.Lossless(_folder["mirrored.mp4"], SyntheticVideo.Noise(Size, 1), Size);
        PatchDisplayMatrix(file, -1, 0, 0, 1);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(file));

        Assert.Contains("mirrored", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_can_plug_in_its_own_decoder()
    {
        VideoReader reader = new(new GreyFrames());

        VideoClip clip = await reader.ReadAsync("anything", new() { Size = new FrameSize(4, 2), Frames = FrameSelection.Exactly(3, start: 1) });

        Assert.Equal((new FrameSize(4, 2), 3, new FrameRate(12)), (clip.Size, clip.FrameCount, clip.FrameRate));
        Assert.Equal(new[] { 1, 2, 3 }, Greys(clip));
    }

    [Fact]
    public async Task Pixels_that_are_not_square_are_stretched()
    {
        string square = SyntheticVideo.Lossless(_folder["square.mkv"], SyntheticVideo.Counting(Size, 2), Size);
        SyntheticVideo.Run([], "-i", square, "-vf", "setsar=3/2", "-c:v", "libx264rgb", "-qp", "0", _folder["anamorphic.mkv"]);

        VideoClip clip = await _reader.ReadAsync(_folder["anamorphic.mkv"]);

        Assert.Equal(new FrameSize(96, 48), clip.Size);
    }

    [Theory]
    [InlineData("whole.mkv"), InlineData("whole.mp4"), InlineData("whole.avi"), InlineData("whole.ts")]
    public async Task A_file_cut_off_is_an_error_in_ffmpegs_own_words(string name)
    {
        SyntheticVideo.Run(SyntheticVideo.Noise(Size, 30), "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x48", "-r", "16", "-i", "pipe:0",
            "-c:v", "libx264", "-g", "5", "-pix_fmt", "yuv420p", "-movflags", "+faststart", _folder[name]);
        string cut = SyntheticVideo.CutOff(_folder[name], _folder["cut-" + name], 0.6);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(cut));

        Assert.StartsWith(cut + ": is damaged or cut off: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("then ffmpeg said:", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Copy or download it again; if it plays well, re-encode it (ffmpeg -i IN OUT.mp4); or leave it out.", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<VideoException>(() => _reader.CountFramesAsync(cut));
    }

    [Fact]
    public async Task Damage_beyond_the_frames_asked_for_does_no_harm()
    {
        string file = SyntheticVideo.Lossless(_folder["whole.mkv"], SyntheticVideo.Noise(Size, 30), Size);
        string cut = SyntheticVideo.CutOff(file, _folder["cut.mkv"], 0.6);

        VideoClip clip = await _reader.ReadAsync(cut, new() { Frames = FrameSelection.Exactly(5) });

        Assert.Equal(5, clip.FrameCount);
    }

    [Fact]
    public async Task A_header_that_is_missing_is_an_error_in_ffprobes_own_words()
    {
        string file = SyntheticVideo.Lossless(_folder["whole.mp4"], SyntheticVideo.Noise(Size, 9), Size);
        string cut = SyntheticVideo.CutOff(file, _folder["cut.mp4"], 0.6);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(cut));

        Assert.StartsWith(cut, error.Message, StringComparison.Ordinal);
        Assert.Contains("moov atom not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_no_video_are_refused_by_name()
    {
        File.WriteAllText(_folder["text.mp4"], "not a video");
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "sine=duration=0.1", _folder["sound.wav"]);

        VideoException text = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder["text.mp4"]));
        VideoException sound = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder["sound.wav"]));
        VideoException nothing = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder["absent.mp4"]));

        Assert.Contains("Invalid data", text.Message, StringComparison.Ordinal);
        Assert.Contains("no video stream", sound.Message, StringComparison.Ordinal);
        Assert.Contains("no such file or folder", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_frame_rate_neither_repeats_nor_drops_frames()
    {
        string steady = SyntheticVideo.Lossless(_folder["steady.mkv"], SyntheticVideo.Counting(Size, 10), Size, "10");
        SyntheticVideo.Run([], "-i", steady, "-vf", "setpts='if(lt(N,5),N,5+(N-5)*4)/10/TB'", "-fps_mode", "vfr", "-c:v", "libx264rgb", "-qp", "0", _folder["variable.mkv"]);

        VideoClip clip = await _reader.ReadAsync(_folder["variable.mkv"]);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => 10 * i), Greys(clip));
    }

    private static IEnumerable<int> Greys(VideoClip clip) => Enumerable.Range(0, clip.FrameCount).Select(i => (int)clip.Frame(i).Span[0]);

    private static void PatchDisplayMatrix(string mp4, int a, int b, int c, int d)
    {
        byte[] bytes = File.ReadAllBytes(mp4);
        int header = bytes.AsSpan().IndexOf("tkhd"u8);
        int[] matrix = [a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30];
        for (int i = 0; i < 9; i++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(header + 44 + 4 * i), matrix[i]);
        File.WriteAllBytes(mp4, bytes);
    }

    private sealed class GreyFrames : IFrameDecoder
    {
        public Task<VideoInfo> ProbeAsync(string path, CancellationToken cancellationToken = default) =>
            Task.FromResult(new VideoInfo { Path = path, Size = new FrameSize(2, 2), FrameRate = new FrameRate(12) });

        public async IAsyncEnumerable<ReadOnlyMemory<byte>> DecodeAsync(
            VideoInfo video, FrameRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            byte[] frame = new byte[request.Size.Rgb24Bytes];
            for (int i = 0; i < request.Count; i++)
            {
                await Task.Yield();
                frame.AsSpan().Fill((byte)(request.Start + i * request.Stride));
                yield return frame;
            }
        }
    }
}
