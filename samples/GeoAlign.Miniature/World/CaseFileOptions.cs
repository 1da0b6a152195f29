using GeoAlign.Sampling;

namespace GeoAlign.Miniature;

/// <summary>How <see cref="CaseFiles"/> stores cases.</summary>
internal sealed record CaseFileOptions
{
    /// <summary>Kind of the clips.</summary>
    public ClipFormat Clips { get; init; } = ClipFormat.PngFrames;

    /// <summary>Every pixel becomes a square of so many pixels a side. In an MP4, colours mix within two pixels of where squares meet.</summary>
    public int Enlargement { get; init; } = 1;

    /// <summary>Frame rate of clips and of the time stamps of paths.</summary>
    public FrameRate FrameRate { get; init; } = new(8);

    /// <summary>Quality of MP4 clips, 0 (best) to 51.</summary>
    public int ConstantRateFactor { get; init; } = 4;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public CaseFileOptions Validated()
    {
        List<string> errors = [];
        if (!Enum.IsDefined(Clips)) errors.Add($"{nameof(Clips)} is {Clips}, no known format");
        if (Enlargement < 1) errors.Add($"{nameof(Enlargement)} is {Enlargement}, must be ≥ 1");
        if (!FrameRate.IsKnown) errors.Add($"{nameof(FrameRate)} is no rate");
        if (ConstantRateFactor is < 0 or > 51) errors.Add($"{nameof(ConstantRateFactor)} is {ConstantRateFactor}, must be in [0, 51]");
        return errors.Count == 0 ? this : throw new ArgumentException("CaseFileOptions: " + string.Join("; ", errors) + ".");
    }
}
