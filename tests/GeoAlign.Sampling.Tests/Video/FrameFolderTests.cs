namespace GeoAlign.Sampling.Tests.Video;

public sealed class FrameFolderTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);
    private static readonly VideoReadOptions At16 = new() { FolderFrameRate = new FrameRate(16) };

    private readonly TemporaryFolder _folder = new();
    private readonly VideoReader _reader = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Png_frames_come_back_byte_for_byte_in_natural_order()
    {
        byte[] pixels = SyntheticVideo.Noise(Size, 12);
        WriteFrames(pixels, "it's frame %d.png");                              // 1 … 12 without leading zeros, blanks and a quote
        File.WriteAllText(_folder["notes.txt"], "not a frame");
        File.WriteAllText(_folder[".hidden.png"], "not a frame");

        VideoClip clip = await _reader.ReadAsync(_folder.Path, At16);

        Assert.Equal((Size, 12, new FrameRate(16)), (clip.Size, clip.FrameCount, clip.FrameRate));
        Assert.True(clip.Rgb24.Span.SequenceEqual(pixels));
        Assert.Equal(12, await _reader.CountFramesAsync(_folder.Path));
    }

    [Fact]
    public async Task Frames_are_selected_by_start_and_stride()
    {
        byte[] pixels = SyntheticVideo.Counting(Size, 12);
        WriteFrames(pixels, "%03d.png");

        VideoClip clip = await _reader.ReadAsync(_folder.Path, At16 with { Frames = FrameSelection.Exactly(3, start: 2, stride: 4) });

        Assert.Equal(new byte[] { 20, 60, 100 }, Enumerable.Range(0, 3).Select(i => clip.Frame(i).Span[0]));
        Assert.Equal(new FrameRate(4), clip.FrameRate);
    }

    [Fact]
    public async Task Jpeg_frames_are_scaled_and_cropped()
    {
        WriteFrames(SyntheticVideo.Counting(Size, 5), "%05d.jpg");

        VideoClip clip = await _reader.ReadAsync(_folder.Path, At16 with { Size = new FrameSize(30, 30) });

        Assert.Equal((new FrameSize(30, 30), 5), (clip.Size, clip.FrameCount));
        for (int i = 0; i < 5; i++) Assert.InRange(clip.Frame(i).Span[0], 10 * i - 2, 10 * i + 2);
    }

    [Fact]
    public async Task A_folder_has_no_default_rate()
    {
        WriteFrames(SyntheticVideo.Counting(Size, 1), "%d.png");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder.Path));

        Assert.Contains("FolderFrameRate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_of_two_sizes_are_refused_by_name()
    {
        WriteFrames(SyntheticVideo.Counting(Size, 3), "%d.png");
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "color=size=32x48", "-frames:v", "1", _folder["4.png"]);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder.Path, At16));

        Assert.Equal($"{_folder["4.png"]}: is 32×48 pixels, but 1.png is 64×48; expected frames of one size.", error.Message);
    }

    [Fact]
    public async Task Frames_of_two_kinds_are_refused()
    {
        WriteFrames(SyntheticVideo.Counting(Size, 2), "%d.png");
        WriteFrames(SyntheticVideo.Counting(Size, 2), "b%d.jpg");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder.Path, At16));

        Assert.Contains("mixes PNG and JPEG frames (1.png, b1.jpg)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_folder_is_refused()
    {
        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder.Path, At16));

        Assert.Contains("no .png, .jpg or .jpeg frames", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png"), InlineData("jpg")]
    public async Task A_damaged_frame_makes_the_folder_an_error(string kind)
    {
        WriteFrames(SyntheticVideo.Noise(Size, 6), "%d." + kind);
        SyntheticVideo.CutOff(_folder["4." + kind], _folder["4." + kind], 0.5);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder.Path, At16));

        Assert.StartsWith(_folder.Path + ": is damaged or cut off: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("png", 0), InlineData("png", 20), InlineData("jpg", 0), InlineData("jpg", 30), InlineData("jpg", 3)]
    public async Task A_frame_without_a_header_is_refused_by_name(string kind, int bytes)
    {
        WriteFrames(SyntheticVideo.Counting(Size, 3), "%d." + kind);
        File.WriteAllBytes(_folder["2." + kind], File.ReadAllBytes(_folder["2." + kind])[..bytes]);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(_folder.Path, At16));

        Assert.StartsWith(_folder["2." + kind] + ": is no PNG or JPEG picture", error.Message, StringComparison.Ordinal);
    }

    private void WriteFrames(byte[] pixels, string pattern) => SyntheticVideo.Run(pixels, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x48", "-i", "pipe:0",
        "-f", "image2", "-start_number", "1", "-q:v", "2", _folder[pattern]);
}
