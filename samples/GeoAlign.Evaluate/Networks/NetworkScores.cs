using GeoAlign.Geometry;
using GeoAlign.Rewards;
using GeoAlign.Sampling;

namespace GeoAlign.Evaluate;

/// <summary>Figures of a case that need networks. Without a network a figure is missing and says which one it needs.</summary>
internal sealed class NetworkScores(NetworkSet networks, EvaluationCache cache, double? fieldOfViewDegrees)
{
    private readonly VideoReader _reader = new();

    /// <summary>Hash of the networks and settings.</summary>
    public string Identity => $"{networks.Identity} fov {fieldOfViewDegrees}";

    /// <summary>Adds them.</summary>
    public async Task AddToAsync(CaseScores scores, PlannedCase one, EstimatedPath path, CancellationToken stop)
    {
        Lazy<Task<VideoFrames>> generated = new(() => VideoPixels.ReadAsync(_reader, one.Video!, new VideoReadOptions(), stop));
        await Add(MetricCatalogue.Subject, [NetworkRole.Subject], async () => VBenchFigures.Consistency(networks[NetworkRole.Subject]!, await generated.Value, VBenchTransform.Dino(), stop));
        await Add(MetricCatalogue.Background, [NetworkRole.Background], async () => VBenchFigures.Consistency(networks[NetworkRole.Background]!, await generated.Value, VBenchTransform.Clip(), stop));
        await Add(MetricCatalogue.Aesthetic, [NetworkRole.Aesthetic], async () => VBenchFigures.Aesthetic(networks[NetworkRole.Aesthetic]!, await generated.Value, stop));
        await Add(MetricCatalogue.Imaging, [NetworkRole.Imaging], async () => VBenchFigures.Imaging(networks[NetworkRole.Imaging]!, await generated.Value, stop));
        await Add(MetricCatalogue.Smoothness, [NetworkRole.Interpolator], async () => VBenchFigures.Smoothness(networks[NetworkRole.Interpolator]!, await generated.Value, stop));
        await Add(MetricCatalogue.Dynamic, [NetworkRole.Flow], async () => VBenchFigures.Dynamic(networks[NetworkRole.Flow]!, await generated.Value, stop));
        scores.Add(MetricCatalogue.Quality, QualityOf(scores), "not all seven dimensions are there");
        await Add(MetricCatalogue.MEt3R, [NetworkRole.Features, NetworkRole.Points], () => MEt3RAsync(generated), one.Condition is null ? "the condition video is not at hand" : null);
        await Add(MetricCatalogue.DynMEt3R, [NetworkRole.Features, NetworkRole.Depth, NetworkRole.Moving], async () =>
                ConsistencyFigures.Dynamic(networks[NetworkRole.Features]!, networks[NetworkRole.Depth]!, networks[NetworkRole.Moving]!, await generated.Value, path, Intrinsics()!, stop),
            !path.Succeeded ? "no camera path" : !path.IsMetric ? "the estimated path is not in metres" : Intrinsics() is null ? "no intrinsics: neither poses with intrinsics nor --field-of-view" : null,
            path.Succeeded ? ContentHash.OfText(string.Join(' ', path.Poses) + string.Join(' ', path.Frames) + string.Join(' ', path.Intrinsics)) : "");

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

            string address = $"{key} {cache.Hashes.Of(one.Video!)} {(key == MetricCatalogue.MEt3R ? cache.Hashes.Of(one.Condition!) : "")} {string.Join(' ', roles.Select(r => networks[r]!.Identity))} {more} {fieldOfViewDegrees}";
            NetworkFigure figure = await cache.GetAsync("figures", address, () => ComputeAsync(compute, stop));
            scores.Add(key, figure.Value, figure.Reason ?? "");
        }

        async Task<double?> MEt3RAsync(Lazy<Task<VideoFrames>> video)
        {
            VideoFrames result = await video.Value;
            VideoFrames condition = await VideoPixels.ReadAsync(_reader, one.Condition!, new VideoReadOptions { Size = new FrameSize(result.WidthPixels, result.HeightPixels) }, stop);
            return ConsistencyFigures.MEt3R(networks[NetworkRole.Features]!, networks[NetworkRole.Points]!, condition, result, stop);
        }

        // Those of the poses, else of a field of view with square pixels and the principal point in the middle.
        IReadOnlyList<NormalisedIntrinsics>? Intrinsics()
        {
            if (path.Intrinsics.Count > 0)
                return [.. Enumerable.Range(0, path.Frames.Count).Select(i => new NormalisedIntrinsics(path.Intrinsics[4 * i], path.Intrinsics[4 * i + 1], path.Intrinsics[4 * i + 2], path.Intrinsics[4 * i + 3]))];
            if (fieldOfViewDegrees is not { } degrees || path.Aspect is not { } aspect) return null;
            double focal = 0.5 / Math.Tan(degrees * Math.PI / 360);
            return [.. Enumerable.Repeat(new NormalisedIntrinsics(focal, focal * aspect, 0.5, 0.5), path.Frames.Count)];
        }
    }

    private async Task<NetworkFigure> ComputeAsync(Func<Task<double?>> compute, CancellationToken stop)
    {
        await networks.Turn.WaitAsync(stop);
        try
        {
            return await compute() is { } value ? new(value) : new(null, "no pixel to compare");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return new(null, e.Message);
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
