using System.Diagnostics;

namespace GeoAlign.Sampling.Tests.Video;

/// <summary>A shell script in ffmpeg's place: plays programs that flood, stall or die.</summary>
internal static class ScriptedFfmpeg
{
    public static FfmpegExecutable Create(TemporaryFolder folder, string script)
    {
        foreach (string program in new[] { "ffmpeg", "ffprobe" })
        {
            // Written by a shell, not here: a program started by another test at this moment would inherit the open file and make it "busy".
            using Process shell = Process.Start("/bin/sh", ["-c", "printf '%s' \"$2\" > \"$1\" && chmod 700 \"$1\"", "sh", folder[program], "#!/bin/sh\n" + script]);
            shell.WaitForExit();
            Assert.Equal(0, shell.ExitCode);
        }

        return FfmpegExecutable.Find(name => name == FfmpegExecutable.EnvironmentVariable ? folder.Path : null);
    }
}
