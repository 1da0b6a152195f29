namespace GeoAlign.Sampling.Tests.Video;

/// <summary>A shell script in ffmpeg's place: plays programs that flood, stall or die.</summary>
internal static class ScriptedFfmpeg
{
    public static FfmpegExecutable Create(TemporaryFolder folder, string script)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("These tests need a POSIX shell.");
        foreach (string program in new[] { "ffmpeg", "ffprobe" })
        {
            File.WriteAllText(folder[program], "#!/bin/sh\n" + script);
            File.SetUnixFileMode(folder[program], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return FfmpegExecutable.Find(name => name == FfmpegExecutable.EnvironmentVariable ? folder.Path : null);
    }
}
