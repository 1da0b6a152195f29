using System.Text.Json.Serialization;
using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>One video that is to be scored.</summary>
/// <param name="Method">Who made it.</param>
/// <param name="Name">Video, move, speed.</param>
/// <param name="Video">Its file or folder of frames; null when there is none.</param>
/// <param name="Poses">Ready poses of it; null when there are none.</param>
/// <param name="Condition">The condition video; null when it is not at hand.</param>
/// <param name="Scene">ViPE's pose file beside whose folder its depths and masks lie; null when there is none.</param>
internal sealed record PlannedCase(MethodSource Method, RetakeName Name, string? Video = null, string? Poses = null, string? Condition = null, string? Scene = null)
{
    /// <summary>Whether there is nothing to score.</summary>
    [JsonIgnore]
    public bool IsMissing => Video is null && Poses is null;

    /// <summary>"METHOD: VIDEO_camera_TYPE_speed_SPEED".</summary>
    public override string ToString() => $"{Method.Name}: {Name}";
}
