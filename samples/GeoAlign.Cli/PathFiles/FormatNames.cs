using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>Formats as they are typed.</summary>
internal static class FormatNames
{
    private static readonly (string Name, TrajectoryFormat Format)[] Table =
    [
        ("tum", TrajectoryFormat.Tum), ("kitti", TrajectoryFormat.Kitti), ("realestate10k", TrajectoryFormat.RealEstate10K), ("citywalker", TrajectoryFormat.CityWalker),
        ("recammaster", TrajectoryFormat.ReCamMaster), ("omniworld", TrajectoryFormat.OmniWorld), ("colmap", TrajectoryFormat.ColmapText), ("colmap-binary", TrajectoryFormat.ColmapBinary),
        ("nerfstudio", TrajectoryFormat.Nerfstudio), ("vipe", TrajectoryFormat.Vipe), ("numpy", TrajectoryFormat.Numpy),
    ];

    public static string[] All { get; } = [.. Table.Select(t => t.Name)];

    /// <summary>Formats that can be written.</summary>
    public static string[] Written { get; } = [.. Table.Where(t => t.Format != TrajectoryFormat.CityWalker).Select(t => t.Name)];

    public static TrajectoryFormat Parse(string name) => Table.Single(t => t.Name == name).Format;

    public static string Of(TrajectoryFormat format) => Table.Single(t => t.Format == format).Name;

    /// <summary>The format that a file's name stands for, where it leaves no doubt.</summary>
    public static TrajectoryFormat? OfFileName(string path) => Path.GetFileName(path) switch
    {
        "transforms.json" => TrajectoryFormat.Nerfstudio,
        "camera_extrinsics.json" => TrajectoryFormat.ReCamMaster,
        _ => Path.GetExtension(path) switch
        {
            ".tum" => TrajectoryFormat.Tum,
            ".kitti" => TrajectoryFormat.Kitti,
            ".npy" => TrajectoryFormat.Numpy,
            ".npz" => TrajectoryFormat.Vipe,
            _ => null,
        },
    };
}
