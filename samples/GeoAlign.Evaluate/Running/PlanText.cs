namespace GeoAlign.Evaluate;

/// <summary>What a plan holds, in words.</summary>
internal static class PlanText
{
    private const int Shown = 10;

    /// <summary>Counts per method, then what is missing and what belongs to no case, by name.</summary>
    public static IEnumerable<string> Of(EvaluationPlan plan)
    {
        foreach (IGrouping<string, PlannedCase> method in plan.Cases.GroupBy(c => c.Method.Name))
            yield return $"{method.Key}: {method.Count(c => !c.IsMissing)} of {method.Count()} cases are there";
        foreach (string line in List("condition video not found", plan.VideosWithoutFile)) yield return line;
        foreach (string line in List("no video", [.. plan.Cases.Where(c => c.IsMissing).Select(c => c.ToString())])) yield return line;
        foreach (string line in List("belongs to no case", plan.Unplanned)) yield return line;
    }

    private static IEnumerable<string> List(string what, IReadOnlyList<string> names)
    {
        if (names.Count == 0) yield break;
        yield return $"{what} ({names.Count}):";
        foreach (string name in names.Take(Shown)) yield return $"    {name}";
        if (names.Count > Shown) yield return $"    … and {names.Count - Shown} more; summary.json names all";
    }
}
