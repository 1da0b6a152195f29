namespace GeoAlign.Rewards;

/// <summary>Size of an image in pixels.</summary>
/// <param name="WidthPixels">Width.</param>
/// <param name="HeightPixels">Height.</param>
public readonly record struct ImageSize(int WidthPixels, int HeightPixels)
{
    /// <summary>Width × height.</summary>
    public override string ToString() => $"{WidthPixels}×{HeightPixels}";
}
