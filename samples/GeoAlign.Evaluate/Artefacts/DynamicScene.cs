using GeoAlign.Geometry;
using GeoAlign.Rewards;

namespace GeoAlign.Evaluate;

/// <summary>What Dyn-MEt3R needs of a video besides features: a metric camera path with intrinsics, depths, and what moves.</summary>
/// <param name="Path">The path.</param>
/// <param name="Intrinsics">Of each pose.</param>
/// <param name="Depth">Metres.</param>
/// <param name="Moving">Above ½ moves.</param>
internal sealed record DynamicScene(EstimatedPath Path, IReadOnlyList<NormalisedIntrinsics> Intrinsics, IFrameMap Depth, IFrameMap Moving) : IDisposable
{
    /// <summary>
    /// The scene that ViPE has found. Poses and intrinsics are those of its depths, whose size tells what the pixels of the intrinsics are: ViPE may have seen the
    /// video at another size, as it does for ReDirector's Dyn-MEt3R.
    /// </summary>
    /// <param name="files">Its artefacts.</param>
    /// <param name="moving">What moves; null for ViPE's masks.</param>
    /// <param name="frames">Frames of the video.</param>
    /// <exception cref="InvalidDataException">An artefact is damaged, or they do not fit each other or the video.</exception>
    /// <exception cref="TrajectoryFormatException">The same, of poses and intrinsics.</exception>
    public static DynamicScene Read(SceneFiles files, IFrameMap? moving, int frames)
    {
        ArtefactFrameMap depth = ArtefactFrameMap.Depth(files.Depth);
        ArtefactFrameMap? masks = null;
        try
        {
            masks = moving is null ? ArtefactFrameMap.Masks(files.Masks) : null;
            if (masks is not null && (masks.WidthPixels, masks.HeightPixels) != (depth.WidthPixels, depth.HeightPixels))
                throw new InvalidDataException($"{files.Masks}: {masks.WidthPixels} × {masks.HeightPixels} pixels, the depths have {depth.WidthPixels} × {depth.HeightPixels}.");
            EstimatedPath path = ReadyPaths.Read(files.Poses, new VideoFacts(frames, depth.WidthPixels, depth.HeightPixels));
            if (!path.Succeeded) throw new InvalidDataException(path.Reason);
            if (path.Intrinsics.Count == 0) throw new InvalidDataException($"{files.Poses}: no intrinsics; expected {files.Intrinsics}.");
            return new(path, path.NormalisedIntrinsics(), depth, moving ?? masks!);
        }
        catch
        {
            depth.Dispose();
            masks?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (Depth as IDisposable)?.Dispose();
        (Moving as IDisposable)?.Dispose();
    }
}
