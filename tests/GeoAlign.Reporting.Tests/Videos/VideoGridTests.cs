using System.IO.Compression;
using System.Text.RegularExpressions;
using GeoAlign.Reporting.Tests.Html;
using GeoAlign.Sampling;

namespace GeoAlign.Reporting.Tests.Videos;

public class VideoGridTests
{
    [Fact]
    public void A_strip_holds_every_pixel_of_every_frame_in_its_place()
    {
        VideoClip clip = Noise(7, 5, 3);

        VideoStrip strip = VideoStrip.Of(clip);
        (byte[] pixels, int width, int height) = Decode(strip.Png);

        Assert.Equal(strip.FramesAcross * 5, width);
        Assert.Equal((7 + strip.FramesAcross - 1) / strip.FramesAcross * 3, height);
        for (int frame = 0; frame < 7; frame++)
        {
            for (int y = 0; y < 3; y++)
            {
                int at = 3 * ((frame / strip.FramesAcross * 3 + y) * width + frame % strip.FramesAcross * 5);
                Assert.Equal(clip.Frame(frame).Span.Slice(15 * y, 15).ToArray(), pixels[at..(at + 15)]);
            }
        }
    }

    [Fact]
    public void Videos_wider_than_browsers_draw_are_refused_as_strips()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => VideoStrip.Of(Noise(1, 5000, 1)));

        Assert.Contains("5000×1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Small_videos_are_strips_and_large_ones_mp4()
    {
        string html = await PageText.Of(new VideoGrid { Columns = ["a", "b", "c"], Rows = [new("case", Noise(9, 16, 16), Noise(1, 641, 361), null)] });

        Assert.Contains("<canvas role=img aria-label=\"case: a\" width=16 height=16 data-frames=9", html, StringComparison.Ordinal);
        byte[] film = Convert.FromBase64String(Regex.Match(html, "<video aria-label=\"case: b\"[^>]*base64,([^\"]*)").Groups[1].Value);
        Assert.Equal("ftyp"u8.ToArray(), film[4..8]);
        Assert.Contains("no video", html, StringComparison.Ordinal);
        Assert.Contains("data-frames=9 data-rate=8>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_the_wrong_width_are_refused()
    {
        VideoGrid grid = new() { Title = "g", Columns = ["a", "b"], Rows = [new("case", Noise(2, 4, 4))] };

        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => PageText.Of(grid));

        Assert.Contains("'case' of 'g' has 1 clips, expected one per column (2)", error.Message, StringComparison.Ordinal);
    }

    private static VideoClip Noise(int frames, int width, int height)
    {
        byte[] pixels = new byte[frames * width * height * 3];
        new Random(5).NextBytes(pixels);
        return new(pixels, new FrameSize(width, height), new FrameRate(8));
    }

    // A reader of its own, so that an error of the writer is not undone by the same error.
    private static (byte[] Pixels, int Width, int Height) Decode(byte[] png)
    {
        int Number(int at) => (png[at] << 24) | (png[at + 1] << 16) | (png[at + 2] << 8) | png[at + 3];
        (int width, int height) = (Number(16), Number(20));
        int length = Number(33);
        Assert.Equal("IDAT"u8.ToArray(), png[37..41]);
        using ZLibStream zlib = new(new MemoryStream(png, 41, length), CompressionMode.Decompress);
        byte[] pixels = new byte[3 * width * height], line = new byte[3 * width + 1];
        for (int y = 0; y < height; y++)
        {
            zlib.ReadExactly(line);
            for (int i = 0; i < 3 * width; i++)
            {
                int here = y * 3 * width + i, a = i < 3 ? 0 : pixels[here - 3], b = y == 0 ? 0 : pixels[here - 3 * width], c = i < 3 || y == 0 ? 0 : pixels[here - 3 * width - 3];
                int p = a + b - c, nearest = Math.Min(Math.Abs(p - a), Math.Min(Math.Abs(p - b), Math.Abs(p - c)));
                int guess = line[0] switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, 4 => Math.Abs(p - a) == nearest ? a : Math.Abs(p - b) == nearest ? b : c, _ => throw new InvalidDataException($"Filter {line[0]}.") };
                pixels[here] = (byte)(line[i + 1] + guess);
            }
        }

        return (pixels, width, height);
    }
}
