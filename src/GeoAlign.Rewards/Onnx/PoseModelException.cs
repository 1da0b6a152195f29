namespace GeoAlign.Rewards;

/// <summary>A model file that cannot serve as a pose estimator, or whose run failed. The message starts with the file.</summary>
public sealed class PoseModelException(string modelPath, string problem, Exception? inner = null) : Exception($"{modelPath}: {problem}", inner)
{
    /// <summary>The model file.</summary>
    public string ModelPath { get; } = modelPath;
}
