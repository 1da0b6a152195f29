using System.Collections.Concurrent;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate.Tests;

/// <summary>Small videos.</summary>
internal static class ClipFiles
{
    // Encoding is slow beside everything else here: each clip is encoded once for all tests.
    private static readonly ConcurrentDictionary<(int, int), Lazy<Task<byte[]>>> Encoded = new();

    public static VideoClip Clip(int frames, int seed = 0, int width = 48, int height = 32)
    {
        byte[] pixels = new byte[3 * width * height * frames];
        for (int t = 0; t < frames; t++)
            for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++)
                {
                    int at = 3 * ((t * height + y) * width + x);
                    (pixels[at], pixels[at + 1], pixels[at + 2]) = ((byte)(5 * x + 3 * t + 17 * seed), (byte)(7 * y + 40 * seed), (byte)(128 + 60 * Math.Sin(0.2 * (x + y + t))));
                }

        return new VideoClip(pixels, new FrameSize(width, height), new FrameRate(16));
    }

    public static async Task<string> WriteAsync(string path, int frames, int seed = 0)
    {
        byte[] bytes = await Encoded.GetOrAdd((frames, seed), key => new(() => EncodeAsync(key.Item1, key.Item2))).Value;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    private static async Task<byte[]> EncodeAsync(int frames, int seed)
    {
        using TemporaryFolder files = new();
        await new VideoWriter().WriteMp4Async(Clip(frames, seed), files.At("clip.mp4"));
        return await File.ReadAllBytesAsync(files.At("clip.mp4"));
    }
}
