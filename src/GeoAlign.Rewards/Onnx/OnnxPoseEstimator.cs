namespace GeoAlign.Rewards;

/// <summary>Finds the camera path of videos with a pose network in an ONNX file, by the contract "pose-estimator/1" of <see cref="PoseModelConventions"/>.</summary>
/// <remarks>
/// Frames are prepared as the conventions say; poses come back as camera-to-world with OpenCV axes, seen from frame 0, and pass the guards.
/// Videos of one size and length share runs where the file has a batch axis; they do not influence one another.
/// </remarks>
public sealed class OnnxPoseEstimator : IPoseEstimator, IDisposable
{
    private readonly OnnxPoseModel _model;
    private readonly PoseModelDecoder _decoder;
    private readonly NetworkImageSize? _sizes;              // null: frames go in as they are
    private readonly int _videosPerRun;

    /// <summary>Opens a model file.</summary>
    /// <exception cref="PoseModelException">The file cannot be opened or breaks the contract.</exception>
    /// <exception cref="ArgumentException">A setting is bad.</exception>
    public OnnxPoseEstimator(string modelPath, OnnxPoseEstimatorOptions? options = null)
    {
        options ??= new OnnxPoseEstimatorOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxVideosPerRun, nameof(options));
        _model = OnnxPoseModel.Open(modelPath, options.Model);
        try
        {
            _decoder = new PoseModelDecoder(_model.Conventions, options.Guards);
            _sizes = SizeRule(_model, options.DynamicSize);
            _videosPerRun = _model.FixedScenes ?? options.MaxVideosPerRun;
        }
        catch
        {
            _model.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsMetric => Conventions.Scale != TranslationScale.Relative;

    /// <summary>What the model's numbers mean.</summary>
    public PoseModelConventions Conventions => _model.Conventions;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A video has a frame count or size the model does not take.</exception>
    /// <exception cref="PoseModelException">A run failed.</exception>
    public async ValueTask<IReadOnlyList<PoseEstimationResult>> EstimateAsync(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(videos);
        return await Task.Run(() => Estimate(videos, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private PoseEstimationResult[] Estimate(IReadOnlyList<VideoFrames> videos, CancellationToken cancellationToken)
    {
        PoseEstimationResult[] results = new PoseEstimationResult[videos.Count];
        var alike = Enumerable.Range(0, videos.Count).GroupBy(i => (videos[i].FrameCount, Target: Target(videos[i])));
        foreach (var group in alike)
        {
            foreach (int[] indices in group.Chunk(_videosPerRun))
            {
                cancellationToken.ThrowIfCancellationRequested();
                PoseModelOutput output = Run([.. indices.Select(i => videos[i])], group.Key.Target, cancellationToken);
                for (int scene = 0; scene < indices.Length; scene++) results[indices[scene]] = _decoder.Decode(output, scene);
            }
        }

        return results;
    }

    private PoseModelOutput Run(VideoFrames[] videos, ImageSize target, CancellationToken cancellationToken)
    {
        // A file with a fixed number of scenes gets zeros in the places left; their results are not read.
        int scenes = _model.FixedScenes ?? videos.Length, frames = videos[0].FrameCount;
        int frameSize = 3 * target.WidthPixels * target.HeightPixels;
        float[] images = new float[checked(scenes * frames * frameSize)];
        for (int scene = 0; scene < videos.Length; scene++)
        {
            Span<float> block = images.AsSpan(scene * frames * frameSize, frames * frameSize);
            VideoFrames video = videos[scene];
            FramePreprocessor preprocessor = new(new(video.WidthPixels, video.HeightPixels), target, Conventions.Resize, Conventions.Normalisation);
            for (int frame = 0; frame < frames; frame++) preprocessor.Write(video.Frame(frame), block.Slice(frame * frameSize, frameSize));
        }

        return _model.Run(images, scenes, frames, target, cancellationToken);
    }

    private ImageSize Target(VideoFrames video)
    {
        ImageSize size = new(video.WidthPixels, video.HeightPixels);
        ImageSize target = _sizes?.For((double)video.WidthPixels / video.HeightPixels) ?? size;
        return target == size || Conventions.Resize != ResizeMode.None
            ? target
            : throw new ArgumentException($"{_model.Path}: frames of {size} pixels; the model takes {target}, and its conventions allow no resize.", nameof(video));
    }

    private static NetworkImageSize? SizeRule(OnnxPoseModel model, NetworkImageSize? given)
    {
        if (model.FixedSize is { } size)
        {
            return given is null
                ? NetworkImageSize.Fixed(size.WidthPixels, size.HeightPixels)
                : throw new ArgumentException($"{model.Path} takes images of {size} pixels; {nameof(OnnxPoseEstimatorOptions.DynamicSize)} must be null then.", nameof(given));
        }

        if (given is null && model.Conventions.Resize == ResizeMode.None) return null;
        return given ?? model.Conventions.PatchPixels switch
        {
            14 => NetworkImageSize.Mapped518,
            16 => NetworkImageSize.Mapped512,
            var patch => throw new ArgumentException($"{model.Path} takes images of any size with a patch of {patch}; say which with {nameof(OnnxPoseEstimatorOptions.DynamicSize)}.", nameof(given)),
        };
    }
}
