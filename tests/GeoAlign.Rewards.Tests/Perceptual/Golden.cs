namespace GeoAlign.Rewards.Tests.Perceptual;

/// <summary>Golden values of the aggregation formulas.</summary>
internal static class Golden
{
    public const double Tolerance = 1e-9;

    public static FixtureTensors File { get; } = FixtureTensors.Load("rewards", "aggregation.safetensors");

    /// <summary>A tensor of bytes T×H×W×3 as a video.</summary>
    public static VideoFrames Video(string name)
    {
        FixtureTensor tensor = File[name];
        return new VideoFrames(Array.ConvertAll(tensor.Values, v => (byte)v), tensor.Shape[2], tensor.Shape[1], tensor.Shape[0], 16);
    }
}
