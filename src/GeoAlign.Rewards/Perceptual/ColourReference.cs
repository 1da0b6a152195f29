namespace GeoAlign.Rewards;

/// <summary>What the colours of a generated video are compared with.</summary>
public enum ColourReference
{
    /// <summary>The condition clip (<see cref="VideoRollout.SourceColours"/>); without it the score is missing. The default.</summary>
    ConditionClip,

    /// <summary>The first frame: each later frame is compared with it, and the distances are averaged. For videos whose first frame is given.</summary>
    FirstFrame,
}
