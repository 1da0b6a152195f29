using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>What a format is, what it holds and how it is recognised, in words for a reader.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Convention">What stands in the file; poses are turned to camera-to-world with OpenCV axes when read.</param>
/// <param name="Units">Unit of length in the file.</param>
/// <param name="Recognition">The sign by which it is recognised.</param>
/// <param name="Holds">What it holds beside the poses.</param>
/// <param name="PromisesMetres">Whether lengths are metres by definition.</param>
internal sealed record FormatFacts(string Title, string Convention, string Units, string Recognition, HeldData Holds, bool PromisesMetres)
{
    public static FormatFacts Of(TrajectoryFormat format) => format switch
    {
        TrajectoryFormat.Tum => new("TUM", "camera-to-world, OpenCV axes, quaternion x y z w", "metres", "its first row holds 8 numbers", HeldData.Times, true),
        TrajectoryFormat.Kitti => new("KITTI odometry", "camera-to-world 3×4, OpenCV axes", "metres", "its first row holds 12 numbers", HeldData.Nothing, true),
        TrajectoryFormat.RealEstate10K => new("RealEstate10K, CameraCtrl", "world-to-camera 3×4, OpenCV axes", "not stated", "a line of text, then a row of 19 numbers", HeldData.Times | HeldData.Intrinsics | HeldData.Source, false),
        TrajectoryFormat.CityWalker => new("CityWalker", "camera-to-world, OpenCV axes, quaternion x y z w", "not stated (odometry)", "only by --from citywalker: its rows are those of TUM", HeldData.Times, false),
        TrajectoryFormat.ReCamMaster => new("ReCamMaster, MultiCamVideo", "camera-to-world, Unreal axes (left-handed, X forward, Y right, Z up), rows of the transposed matrix", "centimetres", "JSON with the keys frame0, frame1, …", HeldData.Nothing, true),
        TrajectoryFormat.OmniWorld => new("OmniWorld-Game", "world-to-camera, OpenCV axes, quaternion w x y z", "not stated", "split_info.json, or JSON with the key split", HeldData.FrameNumbers | HeldData.Intrinsics, false),
        TrajectoryFormat.ColmapText => new("COLMAP text", "world-to-camera, OpenCV axes, quaternion w x y z", "not stated (reconstruction)", "images.txt with the rows of COLMAP", HeldData.Intrinsics | HeldData.ImageSize | HeldData.ImageNames, false),
        TrajectoryFormat.ColmapBinary => new("COLMAP binary", "world-to-camera, OpenCV axes, quaternion w x y z", "not stated (reconstruction)", "a file images.bin", HeldData.Intrinsics | HeldData.ImageSize | HeldData.ImageNames, false),
        TrajectoryFormat.Nerfstudio => new("nerfstudio, instant-ngp", "camera-to-world 4×4, OpenGL axes (y up, z backward)", "not stated", "JSON with the key frames, camera_model, camera_angle_x or fl_x", HeldData.Intrinsics | HeldData.ImageSize | HeldData.ImageNames, false),
        TrajectoryFormat.Vipe => new("ViPE", "camera-to-world 4×4, OpenCV axes", "metres", "a .npz archive with the members data and inds", HeldData.FrameNumbers | HeldData.Intrinsics, true),
        TrajectoryFormat.Numpy => new("NumPy array", "camera-to-world 3×4 or 4×4, OpenCV axes, unless --world-to-camera or --axes say otherwise", "not stated", "NumPy's mark at its beginning, or an archive without the members of ViPE", HeldData.Nothing, false),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
    };
}
