using System.CommandLine;

namespace GeoAlign.Cli;

/// <summary>A subcommand with examples.</summary>
internal sealed class ToolCommand(string name, string description) : Command(name, description)
{
    /// <summary>Shown at the end of its help.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];
}
