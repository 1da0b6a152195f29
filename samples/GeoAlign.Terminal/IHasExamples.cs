namespace GeoAlign.Terminal;

/// <summary>A command whose help ends with examples.</summary>
public interface IHasExamples
{
    /// <summary>Shown at the end of its help.</summary>
    IReadOnlyList<Example> Examples { get; init; }
}
