namespace GeoAlign.Grpo;

/// <summary>A checkpoint that was not used.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record SkippedCheckpoint(string Folder, string Reason)
{
    /// <summary>Folder and reason.</summary>
    public override string ToString() => $"{Folder}: {Reason}";
}
