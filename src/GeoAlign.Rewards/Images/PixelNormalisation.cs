using System.Collections.Immutable;

namespace GeoAlign.Rewards;

/// <summary>How 8-bit pixels become a network's numbers: <c>x = (low + (high − low)·p/255 − mean)/std</c>, in float32, one plane per channel.</summary>
public sealed record PixelNormalisation
{
    /// <summary>Numbers in [0, 1], as they are.</summary>
    public static PixelNormalisation Unit { get; } = new();

    /// <summary>ImageNet's mean and deviation, as DINOv2 and MapAnything take them.</summary>
    public static PixelNormalisation ImageNet { get; } = new() { Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };

    /// <summary>Mean and deviation of CLIP's training images, as Qwen2-VL takes them too.</summary>
    public static PixelNormalisation Clip { get; } = new()
    {
        Mean = [0.48145466f, 0.4578275f, 0.40821073f], Std = [0.26862954f, 0.26130258f, 0.27577711f],
    };

    /// <summary>What a pixel of 0 becomes before mean and deviation.</summary>
    public float Low { get; init; }

    /// <summary>What a pixel of 255 becomes before mean and deviation.</summary>
    public float High { get; init; } = 1;

    /// <summary>Three numbers, in the order of the planes.</summary>
    public ImmutableArray<float> Mean { get; init; } = [0, 0, 0];

    /// <summary>Three numbers above 0, in the order of the planes.</summary>
    public ImmutableArray<float> Std { get; init; } = [1, 1, 1];

    /// <summary>Order of the planes.</summary>
    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    public PixelNormalisation Validated()
    {
        List<string> errors = [];
        if (!(High > Low && float.IsFinite(Low) && float.IsFinite(High))) errors.Add($"the range {Low} to {High} is empty or not finite");
        if (Mean.IsDefault || Mean.Length != 3 || !Mean.All(float.IsFinite)) errors.Add("the mean must be three finite numbers");
        if (Std.IsDefault || Std.Length != 3 || !Std.All(s => s > 0 && float.IsFinite(s))) errors.Add("the deviation must be three finite numbers above 0");
        return errors.Count == 0 ? this : throw new ArgumentException("PixelNormalisation: " + string.Join("; ", errors) + ".");
    }

    /// <summary>Writes an image as three planes.</summary>
    /// <param name="rgb">H×W×3 bytes, red first.</param>
    /// <param name="planes">Room for 3×H×W numbers.</param>
    public void Write(ReadOnlySpan<byte> rgb, Span<float> planes)
    {
        if (planes.Length != rgb.Length) throw new ArgumentException($"Room for {planes.Length} numbers, expected {rgb.Length}.", nameof(planes));
        int pixels = rgb.Length / 3;
        Span<float> table = stackalloc float[256];
        for (int c = 0; c < 3; c++)
        {
            for (int p = 0; p < 256; p++) table[p] = (Low + (High - Low) * (p / 255f) - Mean[c]) / Std[c];
            int source = Channels == ChannelOrder.Rgb ? c : 2 - c;
            Span<float> plane = planes.Slice(c * pixels, pixels);
            for (int i = 0; i < plane.Length; i++) plane[i] = table[rgb[3 * i + source]];
        }
    }
}
