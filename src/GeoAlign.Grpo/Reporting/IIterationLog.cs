namespace GeoAlign.Grpo;

/// <summary>Keeps the reports of a run.</summary>
public interface IIterationLog
{
    /// <summary>The run goes on at this iteration: reports of it and later ones, from before an interruption, are void.</summary>
    void ResumeAt(int iteration);

    /// <summary>Adds a report.</summary>
    void Write(IterationReport report);
}
