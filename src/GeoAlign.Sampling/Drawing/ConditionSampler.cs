namespace GeoAlign.Sampling;

/// <summary>
/// Draws conditions: a clip, its prompt and camera path, and a target path at the clip's frame rate. A draw is a function of
/// (seed, iteration, group) and of the contents of the data alone, so that any of them can be made again by itself.
/// </summary>
public sealed class ConditionSampler
{
    private readonly ConditionClipSource _clips;
    private readonly TargetPathSource _targets;
    private readonly SourceCameras _cameras;
    private readonly ContentHash _hash;

    /// <summary>Joins the parts.</summary>
    /// <param name="clips">Condition clips.</param>
    /// <param name="targets">Target paths of as many frames.</param>
    /// <param name="cameras">Camera paths of the clips; null leaves them missing, unless they were recorded.</param>
    /// <param name="hash">Hashes contents; give the one that the other parts use.</param>
    /// <exception cref="ArgumentException">Clips and targets have different lengths.</exception>
    public ConditionSampler(ConditionClipSource clips, TargetPathSource targets, SourceCameras? cameras = null, ContentHash? hash = null)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(targets);
        if (clips.Options.FrameCount != targets.Options.FrameCount)
            throw new ArgumentException($"Clips have {clips.Options.FrameCount} frames, target paths {targets.Options.FrameCount}; expected as many.", nameof(targets));
        _hash = hash ?? new ContentHash();
        (_clips, _targets, _cameras) = (clips, targets, cameras ?? new SourceCameras(null, null, _hash));
    }

    /// <summary>The condition clips.</summary>
    public ConditionClipSource Clips => _clips;

    /// <summary>The target paths.</summary>
    public TargetPathSource Targets => _targets;

    /// <summary>
    /// Whether a clip without a camera path of its own is refused like an unreadable one; networks that take the source camera need one. Default: no.
    /// </summary>
    public bool RequireSourceCamera { get; init; }

    /// <summary>The condition of a key.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="iteration">Iteration, ≥ 0.</param>
    /// <param name="group">Group of the iteration, ≥ 0, counted over all ranks.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="VideoException">The video cannot be used, and the options say to fail; or every attempt hit such a video.</exception>
    /// <exception cref="InvalidOperationException">Every target path that was tried was rejected.</exception>
    public async Task<Condition> DrawAsync(long seed, int iteration, int group, CancellationToken cancellationToken = default)
    {
        (ConditionClip clip, SourceCamera camera) = await DrawClipAsync(seed, iteration, group, cancellationToken).ConfigureAwait(false);
        return new Condition
        {
            Seed = seed,
            Iteration = iteration,
            Group = group,
            Clip = clip,
            SourceCamera = camera,
            Target = _targets.Draw(seed, iteration, group, clip.Video.FrameRate),
            VideoSha256 = await _hash.OfAsync(clip.Path, cancellationToken).ConfigureAwait(false),
            ClipSha256 = await _hash.OfClipAsync(clip, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Draws the condition of a manifest line again and compares.</summary>
    /// <returns>What is different, in words; empty when it is the same condition.</returns>
    public async Task<IReadOnlyList<string>> DifferencesAsync(ManifestEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ManifestEntry now = (await DrawAsync(entry.Seed, entry.Iteration, entry.Group, cancellationToken).ConfigureAwait(false)).ToManifestEntry();
        return ManifestComparison.Differences(entry, now);
    }

    private async Task<(ConditionClip Clip, SourceCamera Camera)> DrawClipAsync(long seed, int iteration, int group, CancellationToken cancellationToken)
    {
        List<ClipRefusal> refused = [];
        for (int attempt = 0; ;)
        {
            ConditionClip clip;
            try
            {
                clip = await _clips.DrawAsync(seed, iteration, group, attempt, cancellationToken).ConfigureAwait(false);
            }
            catch (VideoException error) when (refused.Count > 0)
            {
                refused.AddRange(error.Refused);
                throw ConditionClipSource.GaveUp(refused, iteration, group);
            }

            SourceCamera camera = await _cameras.OfAsync(clip, cancellationToken).ConfigureAwait(false);
            refused.AddRange(clip.Refused);
            if (camera.Path is not null || !RequireSourceCamera) return (clip with { Refused = refused }, camera);

            string reason = $"{clip.Path}: frames {clip.SourceFrames[0]} to {clip.SourceFrames[^1]} have no camera path: {camera.Detail}";
            if (_clips.Options.WhenUnreadable == UnreadableClipResponse.Fail) throw new VideoException(clip.Path, reason[(clip.Path.Length + 2)..]);
            refused.Add(new ClipRefusal(clip.Attempt, clip.Source.Name, clip.Path, VideoProblem.Other, reason, WasQuarantined: false));
            attempt = clip.Attempt + 1;
        }
    }
}
