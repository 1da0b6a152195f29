using System.Diagnostics;
using System.Globalization;

namespace GeoAlign.Evaluate;

/// <summary>How far an evaluation is and how long it will take: one line that is written over on a terminal, a line now and then elsewhere.</summary>
/// <param name="output">Where it goes.</param>
/// <param name="total">Number of cases.</param>
/// <param name="overwrites">Whether the output is a terminal.</param>
internal sealed class ProgressLine(TextWriter output, int total, bool overwrites)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private TimeSpan _shown = TimeSpan.MinValue;
    private int _done, _fresh, _failed, _missing;

    /// <summary>Counts a case.</summary>
    /// <param name="result">What became of it.</param>
    /// <param name="isReused">Whether the result was there already.</param>
    public void Add(CaseResult result, bool isReused)
    {
        lock (_lock)
        {
            _done++;
            if (result.Status == CaseStatus.Missing) _missing++;
            else if (!isReused) _fresh++;
            if (result.Status == CaseStatus.Failed) _failed++;
            TimeSpan now = _clock.Elapsed;
            if (_done < total && _shown >= TimeSpan.Zero && now - _shown < (overwrites ? TimeSpan.FromSeconds(0.2) : TimeSpan.FromSeconds(10))) return;
            _shown = now;
            Show(now);
        }
    }

    private void Show(TimeSpan now)
    {
        int waiting = total - _done;
        string left = waiting == 0 ? "" : _fresh == 0 ? ", time left not known yet" : string.Create(CultureInfo.InvariantCulture, $", about {Durations.Text(now / _fresh * waiting)} left");
        string line = $"{_done} of {total} cases{(_failed > 0 ? $", {_failed} failed" : "")}{(_missing > 0 ? $", {_missing} missing" : "")}, {Durations.Text(now)}{left}";
        if (overwrites) output.Write($"\r{line,-78}{(waiting == 0 ? Environment.NewLine : "")}");
        else output.WriteLine(line);
    }
}
