using GeoAlign.Geometry;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Every case of an evaluation: methods × videos × moves × speeds, with what there is of each.</summary>
/// <param name="Cases">In the order of methods, videos (that of the list, else natural), moves, speeds.</param>
/// <param name="Unplanned">Videos and poses of the method folders that belong to no case, and why.</param>
/// <param name="VideosWithoutFile">Videos of the plan whose condition video is not at hand.</param>
internal sealed record EvaluationPlan(IReadOnlyList<PlannedCase> Cases, IReadOnlyList<string> Unplanned, IReadOnlyList<string> VideosWithoutFile)
{
    /// <summary>Looks at all folders.</summary>
    /// <param name="methods">At least one.</param>
    /// <param name="conditionFolder">Condition videos, or null.</param>
    /// <param name="list">Names of the videos; null: those of the condition folder, or, without one, those that the methods' file names name.</param>
    /// <param name="moves">Moves of the plan.</param>
    /// <param name="speeds">Speeds of the plan.</param>
    public static EvaluationPlan Make(
        IReadOnlyList<MethodSource> methods, string? conditionFolder, IReadOnlyList<string>? list, IReadOnlyList<CameraMove> moves, IReadOnlyList<double> speeds)
    {
        Dictionary<string, string> conditions = conditionFolder is null ? [] : VideoFolder.Read(conditionFolder).ToDictionary(StringComparer.Ordinal);
        List<string> unplanned = [];
        (MethodSource Method, Dictionary<RetakeName, string> Videos, Dictionary<RetakeName, string> Poses, Dictionary<RetakeName, string> Scenes)[] found =
        [
            .. methods.Select(method => (method,
                method.Videos is null ? [] : Named(method, VideoFolder.Read(method.Videos), unplanned),
                method.Poses is null ? [] : Named(method, PoseFolder.Read(method.Poses), unplanned),
                method.Scenes is null ? [] : Named(method, PoseFolder.Read(method.Scenes), unplanned))),
        ];
        IReadOnlyList<string> videos = list
            ?? (conditionFolder is not null
                ? [.. conditions.Keys.Order(NaturalOrder.Instance)]
                : [.. found.SelectMany(f => f.Videos.Keys.Concat(f.Poses.Keys)).Select(n => n.Video).Distinct(StringComparer.Ordinal).Order(NaturalOrder.Instance)]);
        if (videos.Count == 0) throw new InvalidDataException("The plan has no video: no list, no condition folder, and no file of a method is named VIDEO_camera_TYPE_speed_SPEED.");

        RetakeName[] names = [.. from video in videos from move in moves from speed in speeds select new RetakeName(video, move, speed)];
        HashSet<RetakeName> planned = [.. names];
        HashSet<RetakeName> withScenes = [.. names.Concat(names.Select(Resized))];
        foreach ((MethodSource method, Dictionary<RetakeName, string> ofVideos, Dictionary<RetakeName, string> ofPoses, Dictionary<RetakeName, string> ofScenes) in found)
        {
            foreach ((RetakeName name, string path) in ofVideos.Concat(ofPoses).Where(f => !planned.Contains(f.Key)).Concat(ofScenes.Where(f => !withScenes.Contains(f.Key))))
                unplanned.Add($"{method.Name}: {Path.GetFileName(path)} (not of the plan's videos, moves and speeds)");
        }

        return new(
            [
                .. from f in found from name in names let poses = f.Poses.GetValueOrDefault(name)
                   select new PlannedCase(f.Method, name, f.Videos.GetValueOrDefault(name), poses, conditions.GetValueOrDefault(name.Video),
                       f.Method.Scenes is null ? SceneFiles.Of(poses)?.Poses : f.Scenes.GetValueOrDefault(name) ?? f.Scenes.GetValueOrDefault(Resized(name))),
            ],
            unplanned,
            conditionFolder is null ? [] : [.. videos.Where(v => !conditions.ContainsKey(v))]);
    }

    // What ReDirector calls the small video that ViPE sees for Dyn-MEt3R.
    private static RetakeName Resized(RetakeName name) => name with { Video = "resized_" + name.Video };

    private static Dictionary<RetakeName, string> Named(MethodSource method, IReadOnlyList<KeyValuePair<string, string>> entries, List<string> unplanned)
    {
        Dictionary<RetakeName, string> named = [];
        foreach ((string stem, string path) in entries)
        {
            if (!RetakeName.TryParse(stem, out RetakeName name)) unplanned.Add($"{method.Name}: {Path.GetFileName(path)} (not named VIDEO_camera_TYPE_speed_SPEED)");
            else if (!named.TryAdd(name, path)) throw new InvalidDataException($"{method.Name}: '{Path.GetFileName(named[name])}' and '{Path.GetFileName(path)}' are one case, {name}; keep one.");
        }

        return named;
    }
}
