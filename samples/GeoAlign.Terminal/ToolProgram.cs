using System.CommandLine;

namespace GeoAlign.Terminal;

/// <summary>A program with examples.</summary>
public sealed class ToolProgram : RootCommand, IHasExamples
{
    /// <summary>Makes the program.</summary>
    /// <param name="name">What a user types to start it; the help and messages name it so.</param>
    /// <param name="description">What it does.</param>
    public ToolProgram(string name, string description) : base(description) => HelpName = name;

    /// <inheritdoc/>
    public IReadOnlyList<Example> Examples { get; init; } = [];
}
