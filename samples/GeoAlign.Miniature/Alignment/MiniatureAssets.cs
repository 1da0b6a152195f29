namespace GeoAlign.Miniature;

/// <summary>The trained files that ship with the program.</summary>
/// <param name="Folder">Where they are.</param>
internal sealed record MiniatureAssets(string Folder)
{
    /// <summary>Those beside the program.</summary>
    public static MiniatureAssets Shipped { get; } = new(Path.Combine(AppContext.BaseDirectory, "assets"));

    /// <summary>The flawed base model.</summary>
    public string BaseModel => Existing(MiniatureNetwork.BaseFile, "pretrain");

    /// <summary>The pose network of the reward.</summary>
    public string PoseModel => Existing("reward.onnx", "estimators");

    /// <summary>The picture network of the reward.</summary>
    public string PictureModel => Existing("quality.onnx", "estimators");

    /// <summary>The network that judges and is never a reward.</summary>
    public string JudgeModel => Existing("judge.onnx", "estimators");

    private string Existing(string name, string command)
    {
        string path = Path.Combine(Folder, name);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing; the command '{command}' makes it.", path);
    }
}
