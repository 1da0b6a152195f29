namespace GeoAlign.Evaluate;

/// <summary>The artefacts of one video that ViPE has written: <c>pose/NAME.npz</c>, and beside that folder <c>depth/NAME.zip</c> and <c>mask/NAME.zip</c>.</summary>
/// <remarks>
/// As <c>vipe/utils/io.py</c> of github.com/nv-tlabs/vipe writes them: a depth is an OpenEXR picture of one half channel "Z", metres; a mask is a PNG picture of
/// 8 bits of grey whose numbers name instances, 0 the static rest. Members are named after frames: <c>00000.exr</c>, <c>00000.png</c>.
/// </remarks>
/// <param name="Poses">The pose file.</param>
internal sealed record SceneFiles(string Poses)
{
    /// <summary>Zip of depths.</summary>
    public string Depth => Beside("depth", ".zip");

    /// <summary>Zip of instance masks.</summary>
    public string Masks => Beside("mask", ".zip");

    /// <summary>Intrinsics.</summary>
    public string Intrinsics => Beside("intrinsics", ".npz");

    /// <summary>The artefacts of a pose file that lies in ViPE's folder pose; null for any other.</summary>
    public static SceneFiles? Of(string? poses) =>
        poses is not null && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(poses))) == "pose" && Path.GetExtension(poses).Equals(".npz", StringComparison.OrdinalIgnoreCase) ? new(poses) : null;

    private string Beside(string folder, string extension) =>
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(Poses)))!, folder, Path.GetFileNameWithoutExtension(Poses) + extension);
}
