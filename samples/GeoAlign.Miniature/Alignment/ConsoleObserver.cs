using System.Diagnostics;
using System.Globalization;
using GeoAlign.Grpo;

namespace GeoAlign.Miniature;

/// <summary>Writes progress as lines: what is judged, rewards every tenth iteration, and the time left.</summary>
internal sealed class ConsoleObserver(AlignmentSettings settings, TextWriter output) : AlignmentObserver
{
    private readonly TimeSpan _start = Process.GetCurrentProcess().TotalProcessorTime;
    private double _seconds;
    private int _done;

    public override void Judged(int iterations, JudgementSummary s, bool isFinal) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{(isFinal ? "held out" : "look    ")} {iterations,4}  TransErr {s.TranslationErrorMetres:0.0000} m  RotErr {s.RotationErrorDegrees:0.000}°  scale-aligned {s.ScaleAlignedTranslationErrorMetres:0.0000} m  κ {s.TranslationScale:0.000}  ρ {s.RotationScale:0.000}  residual {s.ResidualRms:0.0000}  sharpness {s.Sharpness:0.000}  {(Process.GetCurrentProcess().TotalProcessorTime - _start).TotalSeconds:0} CPU s"));

    public override void Finished(IterationReport report)
    {
        (_seconds, _done) = (_seconds + report.Seconds.Total, _done + 1);
        TimeSpan left = TimeSpan.FromSeconds(_seconds / _done * (settings.Iterations - report.Iteration - 1));
        if ((report.Iteration + 1) % 10 != 0 && report.Iteration > 0) return;
        string rewards = string.Join("  ", report.Rewards.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Dimension} {r.Mean:0.0000} ± {r.Std:0.0000}")));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"iteration {report.Iteration + 1}/{settings.Iterations}  {rewards}  {report.Seconds.Draw:0.00}+{report.Seconds.Rollout:0.00}+{report.Seconds.Score:0.00}+{report.Seconds.Update:0.00} s  left {Durations.Text(left)}"));
    }
}
