namespace GeoAlign.Evaluate;

/// <summary>What a network gives for some frames.</summary>
/// <param name="Values">Row-major.</param>
/// <param name="Shape">First axis: frames, or 1 for a pair.</param>
internal sealed record NetworkTensor(float[] Values, int[] Shape)
{
    /// <summary>Numbers of one entry of the first axis.</summary>
    public int ItemLength => Values.Length / Shape[0];

    /// <summary>One entry of the first axis.</summary>
    public ReadOnlySpan<float> Item(int index) => Values.AsSpan(index * ItemLength, ItemLength);
}
