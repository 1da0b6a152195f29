namespace GeoAlign.Rewards;

/// <summary>What a list of frame numbers must be: strictly increasing and inside the video.</summary>
internal static class FrameSelection
{
    /// <summary>Throws unless the numbers are strictly increasing and in [0, frameCount).</summary>
    public static void Validate(ReadOnlySpan<int> frameIndices, int frameCount)
    {
        if (frameIndices.IsEmpty) throw new ArgumentException("No frame is selected; expected at least one.", nameof(frameIndices));
        int previous = -1;
        for (int i = 0; i < frameIndices.Length; i++)
        {
            if (frameIndices[i] <= previous || frameIndices[i] >= frameCount)
                throw new ArgumentException($"Entry {i} of the frame numbers is {frameIndices[i]}, expected strictly increasing numbers from 0 to {frameCount - 1}.", nameof(frameIndices));
            previous = frameIndices[i];
        }
    }
}
