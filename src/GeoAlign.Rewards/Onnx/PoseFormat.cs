namespace GeoAlign.Rewards;

/// <summary>Form of the poses in a network's output.</summary>
public enum PoseFormat
{
    /// <summary>Outputs "cam_quats" (x, y, z, w) and "cam_trans".</summary>
    QuaternionXyzw,

    /// <summary>Outputs "cam_quats" (w, x, y, z) and "cam_trans".</summary>
    QuaternionWxyz,

    /// <summary>Output "camera_poses" or "extrinsics": rows of [R | t].</summary>
    Matrix3x4,

    /// <summary>Output "camera_poses" or "extrinsics": rows of [R | t] and the row 0 0 0 1.</summary>
    Matrix4x4,
}
