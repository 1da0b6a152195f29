using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Figures of a case that need networks. Without a network a figure is missing and says which one it needs.</summary>
internal sealed class NetworkScores(NetworkSet networks, EvaluationCache cache, double? fieldOfViewDegrees)
{
    private readonly VideoReader _reader = new();

    /// <summary>Hash of the networks, settings and artefacts that the figures of a case depend on.</summary>
    /// <param name="scene">ViPE's artefacts of the case, if there are any.</param>
    public string IdentityOf(SceneFiles? scene) => $"{networks.Identity} fov {fieldOfViewDegrees} {string.Join(' ', ScenePartsInUse(scene).Select(cache.Hashes.Of))}";

    /// <summary>Adds them.</summary>
    public async Task AddToAsync(CaseScores scores, PlannedCase one, EstimatedPath path, SceneFiles? scene, CancellationToken stop)
    {
        Lazy<Task<VideoFrames>> generated = new(() => VideoPixels.ReadAsync(_reader, one.Video!, new VideoReadOptions(), stop));
        await Add(MetricCatalogue.Subject, [NetworkRole.Subject], async () => VBenchFigures.Consistency(networks[NetworkRole.Subject]!, await generated.Value, VBenchTransform.Dino(), stop));
        await Add(MetricCatalogue.Background, [NetworkRole.Background], async () => VBenchFigures.Consistency(networks[NetworkRole.Background]!, await generated.Value, VBenchTransform.Clip(), stop));
        await Add(MetricCatalogue.Aesthetic, [NetworkRole.Aesthetic], async () => VBenchFigures.Aesthetic(networks[NetworkRole.Aesthetic]!, await generated.Value, stop));
        await Add(MetricCatalogue.Imaging, [NetworkRole.Imaging], async () => VBenchFigures.Imaging(networks[NetworkRole.Imaging]!, await generated.Value, stop));
        await Add(MetricCatalogue.Smoothness, [NetworkRole.Interpolator], async () => VBenchFigures.Smoothness(networks[NetworkRole.Interpolator]!, await generated.Value, stop));
        await Add(MetricCatalogue.Dynamic, [NetworkRole.Flow], async () => VBenchFigures.Dynamic(networks[NetworkRole.Flow]!, await generated.Value, stop));
        scores.Add(MetricCatalogue.Quality, QualityOf(scores), "not all seven dimensions are there");
        await Add(MetricCatalogue.MEt3R, [NetworkRole.Features, NetworkRole.Points], () => MEt3RAsync(generated), one.Condition is null ? "the condition video is not at hand" : null,
            one.Video is null || one.Condition is null ? "" : cache.Hashes.Of(one.Condition));
        await Add(MetricCatalogue.DynMEt3R, [NetworkRole.Features], () => DynMEt3RAsync(generated), DynamicObstacle(), DynamicAddress());

        async Task Add(string key, NetworkRole[] roles, Func<Task<double?>> compute, string? obstacle = null, string more = "")
        {
            NetworkRole[] missing = [.. roles.Where(r => networks[r] is null)];
            if (missing.Length > 0) obstacle = $"not computed: no network given ({string.Join(", ", missing.Select(r => $"--network {r.ToString().ToLowerInvariant()}=FILE"))})";
            else if (one.Video is null) obstacle = "no video, only poses";
            if (obstacle is not null)
            {
                scores.Missing.Add(key, obstacle);
                return;
            }

            string address = $"{CaseScorer.FiguresVersion} {key} {cache.Hashes.Of(one.Video!)} {string.Join(' ', roles.Select(r => networks[r]!.Identity))} {more} {fieldOfViewDegrees}";
            try
            {
                NetworkFigure figure = await cache.GetAsync("figures", address, () => ComputeAsync(compute, stop));
                scores.Add(key, figure.Value, "no pixel to compare");
            }
            catch (Exception e) when (e is InvalidOperationException or ArgumentException or InvalidDataException or FormatException or IOException)
            {
                stop.ThrowIfCancellationRequested();
                scores.AddFailure(key, e.Message);
            }
        }

        async Task<double?> MEt3RAsync(Lazy<Task<VideoFrames>> video)
        {
            VideoFrames result = await video.Value;
            VideoFrames condition = await VideoPixels.ReadAsync(_reader, one.Condition!, new VideoReadOptions { Size = new FrameSize(result.WidthPixels, result.HeightPixels) }, stop);
            return ConsistencyFigures.MEt3R(networks[NetworkRole.Features]!, networks[NetworkRole.Points]!, condition, result, stop);
        }

        async Task<double?> DynMEt3RAsync(Lazy<Task<VideoFrames>> video)
        {
            VideoFrames result = await video.Value;
            NetworkFrameMap? depth = Map(NetworkRole.Depth), moving = Map(NetworkRole.Moving);
            using ArtefactFrameMap? masks = depth is not null && moving is null ? ArtefactFrameMap.Masks(scene!.Masks) : null;
            using DynamicScene found = depth is null ? DynamicScene.Read(scene!, moving, result.FrameCount) : new(path, Intrinsics()!, depth, moving ?? (IFrameMap)masks!);
            return ConsistencyFigures.Dynamic(networks[NetworkRole.Features]!, found, result, stop);

            NetworkFrameMap? Map(NetworkRole role) => networks[role] is { } network ? new(network, role.ToString().ToLowerInvariant()) : null;
        }

        string? DynamicObstacle()
        {
            if (networks[NetworkRole.Depth] is null && !File.Exists(scene?.Depth)) return "not computed: no depths, neither --network depth=FILE nor ViPE's depth/NAME.zip";
            if (networks[NetworkRole.Moving] is null && !File.Exists(scene?.Masks)) return "not computed: nothing says what moves, neither --network moving=FILE nor ViPE's mask/NAME.zip";
            if (networks[NetworkRole.Depth] is null) return null;
            return !path.Succeeded ? "no camera path" : !path.IsMetric ? "the estimated path is not in metres" : Intrinsics() is null ? "no intrinsics: neither poses with intrinsics nor --field-of-view" : null;
        }

        string DynamicAddress()
        {
            string ofPath = networks[NetworkRole.Depth] is not null && path.Succeeded
                ? ContentHash.OfText(string.Join(' ', path.Poses) + string.Join(' ', path.Frames) + string.Join(' ', path.Intrinsics))
                : "";
            return $"depth {networks[NetworkRole.Depth]?.Identity} moving {networks[NetworkRole.Moving]?.Identity} {ofPath} {string.Join(' ', ScenePartsInUse(scene).Select(cache.Hashes.Of))}";
        }

        // Those of the poses, else of a field of view with square pixels and the principal point in the middle.
        IReadOnlyList<NormalisedIntrinsics>? Intrinsics()
        {
            if (path.Intrinsics.Count > 0) return path.NormalisedIntrinsics();
            if (fieldOfViewDegrees is not { } degrees || path.Aspect is not { } aspect) return null;
            double focal = 0.5 / Math.Tan(degrees * Math.PI / 360);
            return [.. Enumerable.Repeat(new NormalisedIntrinsics(focal, focal * aspect, 0.5, 0.5), path.Frames.Count)];
        }
    }

    // Artefacts stand in for networks that are not given; poses and intrinsics come with the depths.
    private IEnumerable<string> ScenePartsInUse(SceneFiles? scene)
    {
        if (scene is null || networks[NetworkRole.Features] is null) return [];
        string[] files =
        [
            .. networks[NetworkRole.Depth] is null ? new[] { scene.Poses, scene.Intrinsics, scene.Depth } : [],
            .. networks[NetworkRole.Moving] is null ? new[] { scene.Masks } : [],
        ];
        return files.Where(File.Exists);
    }

    // What an exception tells is not kept: it may be gone next time.
    private async Task<NetworkFigure> ComputeAsync(Func<Task<double?>> compute, CancellationToken stop)
    {
        await networks.Turn.WaitAsync(stop);
        try
        {
            return new(await compute());
        }
        finally
        {
            networks.Turn.Release();
        }
    }

    private static double? QualityOf(CaseScores s) =>
        s[MetricCatalogue.Subject] is { } subject && s[MetricCatalogue.Background] is { } background && s[MetricCatalogue.Flicker] is { } flicker && s[MetricCatalogue.Smoothness] is { } smoothness
        && s[MetricCatalogue.Aesthetic] is { } aesthetic && s[MetricCatalogue.Imaging] is { } imaging && s[MetricCatalogue.Dynamic] is { } dynamic
            ? new VBenchQuality(subject, background, flicker, smoothness, aesthetic, imaging, dynamic).Score()
            : null;
}
