namespace GeoAlign.Evaluate;

/// <summary>Scores all cases of a plan, several at a time, and writes every result as soon as it is there.</summary>
internal static class EvaluationRun
{
    /// <summary>Runs. Cases whose result is in the log, with the same video, poses and settings, are not scored again; failed ones are.</summary>
    /// <param name="settings">What to score.</param>
    /// <param name="plan">The cases.</param>
    /// <param name="scorer">Scores one.</param>
    /// <param name="cache">Saved at the end and on the way out.</param>
    /// <param name="progress">Told of every case.</param>
    /// <param name="stop">Stops; what is done stays done.</param>
    /// <returns>A result per case, in the plan's order.</returns>
    public static async Task<IReadOnlyList<CaseResult>> ExecuteAsync(
        EvaluationSettings settings, EvaluationPlan plan, CaseScorer scorer, EvaluationCache cache, ProgressLine progress, CancellationToken stop)
    {
        using ResultLog log = ResultLog.Open(settings.ResultsFile);
        CaseResult[] results = new CaseResult[plan.Cases.Count];
        try
        {
            await Parallel.ForAsync(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = stop }, async (i, token) =>
            {
                PlannedCase one = plan.Cases[i];
                CaseResult? known = settings.Again ? null : log.Known.GetValueOrDefault((one.Method.Name, one.Name));
                results[i] = await scorer.ScoreAsync(one, known, token);
                bool isReused = ReferenceEquals(results[i], known);
                if (!isReused && !one.IsMissing) log.Write(results[i]);
                progress.Add(results[i], isReused);
            });
        }
        finally
        {
            cache.Hashes.Save();
            log.Compact();
        }

        return results;
    }
}
