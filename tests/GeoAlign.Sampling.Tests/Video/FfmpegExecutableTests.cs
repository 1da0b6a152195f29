namespace GeoAlign.Sampling.Tests.Video;

public class FfmpegExecutableTests
{
    [Fact]
    public void Missing_ffmpeg_gives_one_message_that_says_how_to_get_it()
    {
        FfmpegNotFoundException error = Assert.Throws<FfmpegNotFoundException>(() => FfmpegExecutable.Find(_ => null));

        Assert.Equal("ffmpeg was not found: GEOALIGN_FFMPEG is not set and no folder of PATH holds it. Videos are read and written by ffmpeg: "
            + "install it with 'apt install ffmpeg' or run ./setup.sh, or set GEOALIGN_FFMPEG to the ffmpeg executable.", error.Message);
    }

    [Fact]
    public void A_variable_that_points_at_nothing_is_an_error_even_when_PATH_has_ffmpeg()
    {
        FfmpegNotFoundException error = Assert.Throws<FfmpegNotFoundException>(
            () => FfmpegExecutable.Find(name => name == "PATH" ? Environment.GetEnvironmentVariable("PATH") : "/nowhere/ffmpeg"));

        Assert.Contains("GEOALIGN_FFMPEG is '/nowhere/ffmpeg'", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt install ffmpeg", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variable_goes_before_PATH_and_may_name_the_program_or_its_folder()
    {
        FfmpegExecutable installed = FfmpegExecutable.Find();
        using TemporaryFolder folder = new();
        File.Copy(installed.FfmpegPath, folder["ffmpeg"]);
        File.Copy(installed.FfprobePath, folder["ffprobe"]);

        foreach (string chosen in new[] { folder.Path, folder["ffmpeg"] })
        {
            FfmpegExecutable found = FfmpegExecutable.Find(name => name == "PATH" ? "/usr/bin" : chosen);

            Assert.Equal((folder["ffmpeg"], folder["ffprobe"]), (found.FfmpegPath, found.FfprobePath));
        }
    }

    [Fact]
    public void Missing_ffprobe_is_named()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["ffmpeg"], "");

        FfmpegNotFoundException error = Assert.Throws<FfmpegNotFoundException>(() => FfmpegExecutable.Find(name => name == "PATH" ? null : folder.Path));

        Assert.StartsWith("ffprobe was not found beside", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_is_a_missing_ffmpeg()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["ffmpeg"], "no program");
        File.WriteAllText(folder["ffprobe"], "no program");
        FfmpegExecutable broken = FfmpegExecutable.Find(name => name == "PATH" ? null : folder.Path);

        await Assert.ThrowsAsync<FfmpegNotFoundException>(() => new VideoProbe(broken).ProbeAsync(folder["ffmpeg"]));
    }
}
