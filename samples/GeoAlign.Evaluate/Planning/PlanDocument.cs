namespace GeoAlign.Evaluate;

/// <summary>A plan for programs: every case, and what belongs to none.</summary>
internal static class PlanDocument
{
    public static object Of(EvaluationPlan plan) => new
    {
        cases = plan.Cases.Select(c => new { method = c.Method.Name, name = c.Name.ToString(), video = c.Video, poses = c.Poses, condition = c.Condition, isMissing = c.IsMissing }),
        videosWithoutFile = plan.VideosWithoutFile,
        unplanned = plan.Unplanned,
    };
}
