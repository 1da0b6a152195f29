namespace GeoAlign.Sampling.Tests.Video;

public sealed class ContactSheetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_stand_in_reading_order_with_white_between()
    {
        FrameSize size = new(20, 10);
        VideoClip clip = new(SyntheticVideo.Counting(size, 9), size, new FrameRate(16));

        VideoClip sheet = ContactSheet.Of(clip, pictures: 5, across: 3, pictureWidth: 10);

        Assert.Equal((new FrameSize(3 * 10 + 2 * 4, 2 * 5 + 4), 1), (sheet.Size, sheet.FrameCount));
        int Grey(int x, int y) => sheet.Frame(0).Span[3 * (y * sheet.Width + x)];
        Assert.Equal([0, 20, 40, 60, 80], new[] { (5, 2), (19, 2), (33, 2), (5, 11), (19, 11) }.Select(p => Grey(p.Item1, p.Item2)));     // frames 0, 2, 4, 6, 8
        Assert.Equal([255, 255, 255], new[] { (11, 2), (5, 6), (33, 11) }.Select(p => Grey(p.Item1, p.Item2)));
        Assert.Equal([0], ContactSheet.Frames(5, 1));
        Assert.Equal([0, 1, 2], ContactSheet.Frames(3, 12));
    }

    [Fact]
    public void A_shrunk_pixel_is_the_mean_of_its_area()
    {
        VideoClip clip = new([0, 0, 0, 30, 30, 30, 60, 60, 60, 100, 100, 100, 130, 130, 130, 160, 160, 160], new FrameSize(3, 2), new FrameRate(16));

        byte[] two = ClipScaling.Shrink(clip, new FrameSize(2, 1)).Rgb24.ToArray();      // 1.5 columns each, both rows

        Assert.Equal([60, 60, 60, 100, 100, 100], two);                        // (0 + 100 + ½(30 + 130))/3, (60 + 160 + ½·160)/3
        Assert.True(ClipScaling.Shrink(clip, clip.Size).Rgb24.Span.SequenceEqual(clip.Rgb24.Span));
        Assert.Throws<ArgumentException>(() => ClipScaling.Shrink(clip, new FrameSize(4, 2)));
    }

    [Fact]
    public async Task A_picture_is_written_whole()
    {
        FrameSize size = new(31, 17);
        VideoClip picture = new(SyntheticVideo.Noise(size, 1), size, new FrameRate(16));

        await new VideoWriter().WritePngAsync(picture, _folder["picture.png"]);

        VideoClip back = await new VideoReader().ReadAsync(_folder.Path, new() { FolderFrameRate = new FrameRate(16) });
        Assert.True(back.Rgb24.Span.SequenceEqual(picture.Rgb24.Span));
        Assert.Equal([_folder["picture.png"]], Directory.GetFileSystemEntries(_folder.Path));
        await Assert.ThrowsAsync<ArgumentException>(() => new VideoWriter().WritePngAsync(new VideoClip(new byte[12], new FrameSize(2, 1), new FrameRate(1)), _folder["two.png"]));
    }
}
