using System.Diagnostics;

namespace GeoAlign.Sampling.Tests.Video;

/// <summary>Small videos for tests, made by calling ffmpeg directly, apart from the code under test.</summary>
internal static class SyntheticVideo
{
    /// <summary>Random pixels: nothing survives a wrong order, a wrong row or a lossy step.</summary>
    public static byte[] Noise(FrameSize size, int frames, int seed = 1)
    {
        byte[] pixels = new byte[frames * size.Rgb24Bytes];
        new Random(seed).NextBytes(pixels);
        return pixels;
    }

    /// <summary>Frame i is all of the grey value 10·i: tells which frames were taken.</summary>
    public static byte[] Counting(FrameSize size, int frames)
    {
        byte[] pixels = new byte[frames * size.Rgb24Bytes];
        for (int i = 0; i < frames; i++) pixels.AsSpan(i * size.Rgb24Bytes, size.Rgb24Bytes).Fill((byte)(10 * i));
        return pixels;
    }

    /// <summary>A lossless file, random access at every fifth frame.</summary>
    public static string Lossless(string path, byte[] rgb24, FrameSize size, string rate = "16")
    {
        Run(rgb24, ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{size.Width}x{size.Height}", "-r", rate, "-i", "pipe:0",
            "-c:v", "libx264rgb", "-qp", "0", "-g", "5", "-pix_fmt", "rgb24", path]);
        return path;
    }

    /// <summary>Whatever ffmpeg makes of the arguments.</summary>
    public static void Run(byte[] input, params string[] arguments)
    {
        ProcessStartInfo start = new(FfmpegExecutable.Find().FfmpegPath) { RedirectStandardInput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-v", "error", "-y", .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
    }

    /// <summary>Keeps the first part of a file.</summary>
    public static string CutOff(string path, string to, double share)
    {
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(to, bytes[..(int)(share * bytes.Length)]);
        return to;
    }
}
