namespace GeoAlign.Models;

/// <summary>Sizes of a ReCamMaster network: text-to-video, with a camera encoder and a projector in every block.</summary>
/// <remarks>The defaults are those of the released network: 1,490,420,800 parameters in 945 tensors.</remarks>
public sealed record ReCamMasterConfig : WanConfig
{
    /// <summary>Numbers of one camera pose: the upper 3×4 part of camera-to-world, row by row.</summary>
    public const int PoseNumbers = 12;

    /// <summary>The released network.</summary>
    public static ReCamMasterConfig Release { get; } = new();

    internal override bool HasPoseEncoder => true;

    /// <summary>Throws one exception that lists every bad size.</summary>
    /// <exception cref="ArgumentException">A size is impossible.</exception>
    public new ReCamMasterConfig Validated() => (ReCamMasterConfig)base.Validated();
}
