using System.CommandLine;

namespace GeoAlign.Terminal;

/// <summary>A subcommand with examples.</summary>
public sealed class ToolCommand(string name, string description) : Command(name, description), IHasExamples
{
    /// <inheritdoc/>
    public IReadOnlyList<Example> Examples { get; init; } = [];
}
