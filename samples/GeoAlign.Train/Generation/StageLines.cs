using GeoAlign.Models;

namespace GeoAlign.Train;

/// <summary>Progress of a generation as lines: one when a stage is done, and one for every tenth of the rollout.</summary>
internal sealed class StageLines(TextWriter output) : IProgress<GenerationProgress>
{
    public void Report(GenerationProgress value)
    {
        bool isLast = value.Step == value.Of, isTenth = value.Stage == WorkStage.Rollout && 10 * value.Step / value.Of > 10 * (value.Step - 1) / value.Of;
        if (isLast || isTenth) output.WriteLine($"    {value.Stage.ToString().ToLowerInvariant()} {value.Step}/{value.Of}");
    }
}
