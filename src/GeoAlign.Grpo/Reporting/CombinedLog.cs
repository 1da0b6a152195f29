namespace GeoAlign.Grpo;

/// <summary>Keeps reports in several places.</summary>
/// <param name="logs">The places, in the order in which they are written.</param>
public sealed class CombinedLog(params IReadOnlyList<IIterationLog> logs) : IIterationLog
{
    /// <inheritdoc/>
    public void ResumeAt(int iteration)
    {
        foreach (IIterationLog log in logs) log.ResumeAt(iteration);
    }

    /// <inheritdoc/>
    public void Write(IterationReport report)
    {
        foreach (IIterationLog log in logs) log.Write(report);
    }
}
