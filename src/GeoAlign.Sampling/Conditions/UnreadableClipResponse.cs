namespace GeoAlign.Sampling;

/// <summary>What a draw does when it hits a video that cannot be used.</summary>
public enum UnreadableClipResponse
{
    /// <summary>It fails.</summary>
    Fail,

    /// <summary>It draws again with the next attempt of the same key, and says so in the clip's <see cref="ConditionClip.Refused"/>.</summary>
    Redraw,
}
