using System.Diagnostics;

namespace GeoAlign.Cli;

/// <summary>Lines about long work: which part of how many, and about how long the rest takes.</summary>
/// <param name="error">Receives the lines; results go elsewhere.</param>
/// <param name="verb">What is done, such as "scoring".</param>
/// <param name="parts">How many parts there are.</param>
internal sealed class WorkProgress(TextWriter error, string verb, int parts)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _begun;

    /// <summary>Says that a part begins.</summary>
    public void Begin(string name)
    {
        string left = _begun == 0 ? "" : $", about {Durations.Text(_clock.Elapsed / _begun * (parts - _begun))} left";
        _begun++;
        error.WriteLine(parts == 1 ? $"{verb} {name}" : $"{verb} {_begun} of {parts}: {name}{left}");
    }
}
