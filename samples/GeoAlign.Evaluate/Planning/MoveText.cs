using GeoAlign.Geometry;

namespace GeoAlign.Evaluate;

/// <summary>Moves in words, and what is special about some of them.</summary>
internal static class MoveText
{
    /// <summary>"pan right".</summary>
    public static string Of(CameraMove move) =>
        string.Concat(move.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>Whether the target only turns: TransErr is then 0 whatever the video does.</summary>
    public static bool OnlyTurns(CameraMove move) => move is CameraMove.PanRight or CameraMove.PanLeft or CameraMove.TiltUp or CameraMove.TiltDown;
}
