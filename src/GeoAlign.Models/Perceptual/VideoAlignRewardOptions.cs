namespace GeoAlign.Models;

/// <summary>Settings of <see cref="VideoAlignReward"/>. Defaults are those of the released model.</summary>
public sealed record VideoAlignRewardOptions
{
    /// <summary>Whether the alignment with the prompt is a dimension too. Without it the sequence ends at the motion token, before the prompt.</summary>
    public bool TextAlignment { get; init; }

    /// <summary>Whether scores are (raw − mean)/deviation of the checkpoint's constants. Within a group this changes nothing.</summary>
    public bool Normalised { get; init; } = true;

    /// <summary>Frame rate the videos are judged at; null for each video's own. It decides how many frames are seen and is part of the reward's meaning.</summary>
    public double? EvaluationFramesPerSecond { get; init; }

    /// <summary>Frames seen per second of video.</summary>
    public double SampledFramesPerSecond { get; init; } = 2;

    /// <summary>
    /// Whether motion is judged on a video without colour, in a second pass, so that colours cannot win it. An approximation: LongCat-Video's
    /// report does this with a model that was trained on such videos, the public one was not.
    /// </summary>
    public bool GreyMotion { get; init; }

    /// <summary>Smallest area of a frame: 128 blocks of 28×28.</summary>
    public long MinPixels { get; init; } = 100_352;

    /// <summary>Largest area of a frame: 256 blocks of 28×28.</summary>
    public long MaxPixels { get; init; } = 200_704;

    /// <summary>Throws one exception that lists every bad setting.</summary>
    /// <exception cref="ArgumentException">A setting is bad.</exception>
    public VideoAlignRewardOptions Validated()
    {
        List<string> errors = [];
        if (EvaluationFramesPerSecond is { } rate && !(rate > 0 && double.IsFinite(rate))) errors.Add($"{nameof(EvaluationFramesPerSecond)} is {rate}, must be a finite number above 0");
        if (!(SampledFramesPerSecond > 0 && double.IsFinite(SampledFramesPerSecond))) errors.Add($"{nameof(SampledFramesPerSecond)} is {SampledFramesPerSecond}, must be a finite number above 0");
        if (MinPixels < 1 || MaxPixels < MinPixels) errors.Add($"{nameof(MinPixels)} is {MinPixels} and {nameof(MaxPixels)} is {MaxPixels}, must be a range above 0");
        return errors.Count == 0 ? this : throw new ArgumentException("VideoAlignRewardOptions: " + string.Join("; ", errors) + ".");
    }
}
