namespace GeoAlign.Rewards;

/// <summary>Which way a network's poses go.</summary>
public enum PoseDirection
{
    /// <summary><c>p_world = T · p_camera</c>.</summary>
    CameraToWorld,

    /// <summary><c>p_camera = T · p_world</c>.</summary>
    WorldToCamera,
}
