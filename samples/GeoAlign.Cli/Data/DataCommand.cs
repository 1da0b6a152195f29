using System.CommandLine;

namespace GeoAlign.Cli;

/// <summary><c>geoalign data</c>: what a data configuration gives, before a run costs anything.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Looks at the data of a run: condition videos, target paths, speeds.") { PreviewCommand.Create() };
}
