namespace GeoAlign.Rewards.Tests;

/// <summary>Small videos for tests.</summary>
internal static class Videos
{
    /// <summary>Bytes 0, 1, 2, … (modulo 256).</summary>
    public static VideoFrames Counting(int width, int height, int frames)
    {
        byte[] pixels = new byte[3 * width * height * frames];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)i;
        return new VideoFrames(pixels, width, height, frames, 16);
    }

    /// <summary>Independent random bytes.</summary>
    public static VideoFrames Noise(Random rng, int width, int height, int frames)
    {
        byte[] pixels = new byte[3 * width * height * frames];
        rng.NextBytes(pixels);
        return new VideoFrames(pixels, width, height, frames, 16);
    }
}
