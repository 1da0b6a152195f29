namespace GeoAlign.Rewards;

/// <summary>What a frame weight is a function of when only some frames are evaluated.</summary>
public enum WeightTime
{
    /// <summary>The frame's place in the whole video: <c>w(f_i, T)</c>. Independent of how frames were picked; the default.</summary>
    VideoFrame,

    /// <summary>The frame's place among the evaluated ones: <c>w(i, N)</c>.</summary>
    EvaluatedIndex,
}
