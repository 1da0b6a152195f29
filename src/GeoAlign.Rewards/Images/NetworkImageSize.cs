namespace GeoAlign.Rewards;

/// <summary>Rule that gives the input size of a pose network from the mean aspect ratio (width over height) of the frames.</summary>
/// <remarks>The rules and sizes are those of MapAnything (arXiv 2509.13414); sizes are multiples of the patch.</remarks>
public sealed class NetworkImageSize
{
    private static readonly (double Aspect, ImageSize Size)[] Set518 =
    [
        (0.486, new(252, 518)), (0.567, new(294, 518)), (0.649, new(336, 518)), (0.757, new(392, 518)), (1.000, new(518, 518)),
        (1.321, new(518, 392)), (1.542, new(518, 336)), (1.762, new(518, 294)), (2.056, new(518, 252)), (3.083, new(518, 168)),
    ];

    private static readonly (double Aspect, ImageSize Size)[] Set512 =
    [
        (0.500, new(256, 512)), (0.562, new(288, 512)), (0.656, new(336, 512)), (0.750, new(384, 512)), (1.000, new(512, 512)),
        (1.333, new(512, 384)), (1.524, new(512, 336)), (1.778, new(512, 288)), (2.000, new(512, 256)), (3.200, new(512, 160)),
    ];

    private static readonly (double Aspect, ImageSize Size)[] Set504 =
    [
        (0.472, new(238, 504)), (0.556, new(280, 504)), (0.639, new(322, 504)), (0.750, new(378, 504)), (1.000, new(504, 504)),
        (1.333, new(504, 378)), (1.565, new(504, 322)), (1.800, new(504, 280)), (2.118, new(504, 238)), (3.273, new(504, 154)),
    ];

    private readonly Func<double, ImageSize> _rule;

    private NetworkImageSize(Func<double, ImageSize> rule) => _rule = rule;

    /// <summary>Sizes with a long side of 518 (patch 14): MapAnything, VGGT.</summary>
    public static NetworkImageSize Mapped518 { get; } = new(aspect => Nearest(Set518, aspect));

    /// <summary>Sizes with a long side of 512 (patch 16).</summary>
    public static NetworkImageSize Mapped512 { get; } = new(aspect => Nearest(Set512, aspect));

    /// <summary>Sizes with a long side of 504 (patch 14): Depth Anything 3.</summary>
    public static NetworkImageSize Mapped504 { get; } = new(aspect => Nearest(Set504, aspect));

    /// <summary>The long side is <paramref name="sizePixels"/> as it is (pass a multiple of the patch); the short one keeps the aspect to the nearest patch.</summary>
    public static NetworkImageSize LongestSide(int sizePixels, int patchPixels)
    {
        int patches = Patches(sizePixels, patchPixels);
        return new(aspect => aspect >= 1
            ? new(sizePixels, Rounded(patches / aspect) * patchPixels)
            : new(Rounded(patches * aspect) * patchPixels, sizePixels));
    }

    /// <summary>A square of whole patches, at most <paramref name="sizePixels"/> wide.</summary>
    public static NetworkImageSize Square(int sizePixels, int patchPixels) => Fixed(sizePixels, sizePixels, patchPixels);

    /// <summary>One size, cut down to whole patches.</summary>
    public static NetworkImageSize Fixed(int widthPixels, int heightPixels, int patchPixels = 1)
    {
        ImageSize size = new(Patches(widthPixels, patchPixels) * patchPixels, Patches(heightPixels, patchPixels) * patchPixels);
        return new(_ => size);
    }

    /// <summary>The network's size for frames of this mean aspect ratio.</summary>
    /// <param name="meanAspectRatio">Mean over the frames of width/height.</param>
    public ImageSize For(double meanAspectRatio)
    {
        if (!(meanAspectRatio > 0 && double.IsFinite(meanAspectRatio)))
            throw new ArgumentOutOfRangeException(nameof(meanAspectRatio), meanAspectRatio, "An aspect ratio is a finite number above 0.");
        ImageSize size = _rule(meanAspectRatio);
        return size is { WidthPixels: > 0, HeightPixels: > 0 }
            ? size
            : throw new ArgumentOutOfRangeException(nameof(meanAspectRatio), meanAspectRatio, $"The aspect ratio leaves no patch: {size} pixels.");
    }

    // Keys in ascending order: the smaller one wins a tie.
    private static ImageSize Nearest((double Aspect, ImageSize Size)[] sizes, double aspect) => sizes.MinBy(s => Math.Abs(s.Aspect - aspect)).Size;

    private static int Rounded(double patches) => (int)Math.Round(patches, MidpointRounding.ToEven);

    private static int Patches(int sizePixels, int patchPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patchPixels);
        ArgumentOutOfRangeException.ThrowIfLessThan(sizePixels, patchPixels);
        return sizePixels / patchPixels;
    }
}
