namespace GeoAlign.Cli.Tests.Scoring;

public class VideoInputsTests
{
    [Fact]
    public void A_folder_of_pictures_is_one_video_and_a_folder_of_videos_as_many()
    {
        using ScratchFolder folder = new();
        Directory.CreateDirectory(folder.At("frames"));
        Directory.CreateDirectory(folder.At("videos"));
        folder.Write("frames/000.png", "");
        folder.Write("videos/b.mp4", "");
        folder.Write("videos/a.webm", "");
        folder.Write("videos/notes.txt", "");
        folder.Write("videos/.hidden.mp4", "");

        Assert.Equal([folder.At("frames"), folder.At("videos", "a.webm"), folder.At("videos", "b.mp4")], VideoInputs.Of([folder.At("frames"), folder.At("videos")]));
        Assert.Equal(["frames", "a"], new[] { folder.At("frames"), folder.At("videos", "a.webm") }.Select(VideoInputs.NameOf));
    }

    [Fact]
    public void What_holds_neither_is_an_error()
    {
        using ScratchFolder folder = new();

        Assert.Throws<InvalidDataException>(() => VideoInputs.Of([folder.At()]));
        Assert.Throws<FileNotFoundException>(() => VideoInputs.Of([folder.At("none.mp4")]));
    }
}
