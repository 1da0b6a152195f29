namespace GeoAlign.Geometry;

/// <summary>The file formats of camera paths.</summary>
public enum TrajectoryFormat
{
    /// <summary>TUM text, <see cref="TumFormat"/>.</summary>
    Tum,

    /// <summary>KITTI odometry text, <see cref="KittiFormat"/>.</summary>
    Kitti,

    /// <summary>RealEstate10K and CameraCtrl text, <see cref="RealEstate10KFormat"/>.</summary>
    RealEstate10K,

    /// <summary>CityWalker pose text, <see cref="CityWalkerFormat"/>; its rows are TUM's, so content alone is taken for TUM.</summary>
    CityWalker,

    /// <summary>MultiCamVideo's camera_extrinsics.json, <see cref="ReCamMasterCameras"/>.</summary>
    ReCamMaster,

    /// <summary>An OmniWorld-Game scene folder, <see cref="OmniWorldFormat"/>.</summary>
    OmniWorld,

    /// <summary>A COLMAP model folder of text files, <see cref="ColmapModel"/>.</summary>
    ColmapText,

    /// <summary>A COLMAP model folder of binary files, <see cref="ColmapModel"/>.</summary>
    ColmapBinary,

    /// <summary>nerfstudio's transforms.json, <see cref="NerfstudioFormat"/>.</summary>
    Nerfstudio,

    /// <summary>ViPE pose and intrinsics archives, <see cref="VipeFormat"/>.</summary>
    Vipe,

    /// <summary>A plain NumPy array of matrices, <see cref="NumpyFormat"/>.</summary>
    Numpy,
}
