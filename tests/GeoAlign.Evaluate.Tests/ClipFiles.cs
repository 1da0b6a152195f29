using GeoAlign.Sampling;

namespace GeoAlign.Evaluate.Tests;

/// <summary>Small videos.</summary>
internal static class ClipFiles
{
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
        await new VideoWriter().WriteMp4Async(Clip(frames, seed), path);
        return path;
    }
}
