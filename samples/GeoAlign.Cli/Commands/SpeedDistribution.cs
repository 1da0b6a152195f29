using System.Globalization;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary>Truncated Gaussians as they are typed: MEAN,SPREAD,MINIMUM,MAXIMUM.</summary>
internal static class SpeedDistribution
{
    /// <exception cref="UsageException">Not four numbers, or none that describe one.</exception>
    public static TruncatedGaussian Parse(string text, string option)
    {
        double[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        if (numbers.Length != 4 || !numbers.All(double.IsFinite)) throw new UsageException($"{option} is '{text}', expected MEAN,SPREAD,MINIMUM,MAXIMUM, such as 0.8,0.32,0.16,1.6");
        try
        {
            return new TruncatedGaussian(numbers[0], numbers[1], numbers[2], numbers[3]);
        }
        catch (ArgumentException bad)
        {
            throw new UsageException($"{option}: {bad.Message}");
        }
    }
}
