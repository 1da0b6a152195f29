namespace GeoAlign.Grpo;

/// <summary>The settings have changed since the checkpoint was written: going on would mix two different runs.</summary>
/// <param name="folder">The checkpoint.</param>
/// <param name="differences">One line per setting.</param>
public sealed class CheckpointSettingsException(string folder, IReadOnlyList<string> differences) : InvalidOperationException(
    $"{folder} belongs to a run with other settings:{string.Concat(differences.Select(d => $"{Environment.NewLine}  {d}"))}{Environment.NewLine}"
    + "Set them back, choose another folder, or allow changed settings.")
{
    /// <summary>One line per setting that differs.</summary>
    public IReadOnlyList<string> Differences => differences;
}
