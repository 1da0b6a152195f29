using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Which frames of a video VideoAlign looks at: as many as its frame rate asks for, an even number, evenly spread from first to last.</summary>
/// <remarks>
/// VideoAlign's (arXiv 2501.13918) published reader: <c>n = T/fps·target</c>, kept in [4, 768] and within the video, rounded to even. So the
/// frame rate given to it is part of the reward's definition.
/// </remarks>
public static class UniformFrames
{
    private const int Fewest = 4, Most = 768, Step = 2;

    /// <summary>Numbers of the frames.</summary>
    /// <param name="frameCount">T: frames of the video.</param>
    /// <param name="framesPerSecond">Frame rate of the video.</param>
    /// <param name="targetFramesPerSecond">Frame rate wanted; 2 in the released model.</param>
    /// <exception cref="ArgumentException">Fewer than two frames, or a rate that is not positive.</exception>
    public static int[] Of(int frameCount, double framesPerSecond, double targetFramesPerSecond = 2)
    {
        int count = CountOf(frameCount, framesPerSecond, targetFramesPerSecond);
        int[] frames = new int[count];
        for (int i = 0; i < count; i++) frames[i] = (int)Math.Round((double)i * (frameCount - 1) / (count - 1), MidpointRounding.ToEven);
        return frames;
    }

    private static int CountOf(int frameCount, double framesPerSecond, double targetFramesPerSecond)
    {
        if (!(framesPerSecond > 0 && double.IsFinite(framesPerSecond)))
            throw new ArgumentOutOfRangeException(nameof(framesPerSecond), framesPerSecond, "A frame rate is a finite number above 0.");
        if (!(targetFramesPerSecond > 0 && double.IsFinite(targetFramesPerSecond)))
            throw new ArgumentOutOfRangeException(nameof(targetFramesPerSecond), targetFramesPerSecond, "A frame rate is a finite number above 0.");
        if (frameCount < Step)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A video of {frameCount} frames, expected at least {Step}."), nameof(frameCount));

        double wanted = frameCount / framesPerSecond * targetFramesPerSecond;
        int highest = Math.Min(Most, frameCount) / Step * Step;
        double kept = Math.Min(Math.Max(wanted, Fewest), highest);
        return Math.Min(Step * (int)Math.Round(kept / Step, MidpointRounding.ToEven), frameCount);
    }
}
