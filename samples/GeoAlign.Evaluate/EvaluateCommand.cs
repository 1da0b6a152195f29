using System.CommandLine;

namespace GeoAlign.Evaluate;

/// <summary>The command line of the evaluation.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Scores generated videos against the camera paths they were asked for.");
}
