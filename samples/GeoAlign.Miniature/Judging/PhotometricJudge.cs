using System.Numerics.Tensors;
using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>
/// Judges generated clips by finding the pose of every frame in the known room, with sub-millimetre accuracy on clean pictures. It knows what no
/// reward knows (room, start pose, exact pixels) and is not one: it says what the rewards have really achieved. Immutable.
/// </summary>
internal sealed class PhotometricJudge
{
    private readonly RoomRenderer _renderer;
    private readonly PhotometricJudgeOptions _options;

    /// <summary>Sets up the judge.</summary>
    /// <param name="renderer">The room and the size of the frames.</param>
    /// <param name="options">Null takes the defaults.</param>
    public PhotometricJudge(RoomRenderer renderer, PhotometricJudgeOptions? options = null) =>
        (_renderer, _options) = (renderer, (options ?? new()).Validated());

    /// <summary>Judges one clip.</summary>
    /// <param name="startCameraToWorld">World pose of frame 0, the condition's.</param>
    /// <param name="requested">F + 1 poses relative to it, the first the identity.</param>
    /// <param name="frames">The F generated frames, [F, 3, H, W] in [−1, 1].</param>
    /// <exception cref="ArgumentException">Another number of values, or one is not finite.</exception>
    public ClipJudgement Judge(SE3 startCameraToWorld, CameraTrajectory requested, ReadOnlySpan<float> frames) =>
        Judge(new FrameAlignment(_renderer), startCameraToWorld, requested, frames);

    /// <summary>Judges clips, several at a time if the options say so.</summary>
    /// <param name="cases">Start poses and requested paths.</param>
    /// <param name="clips">The generated frames of each, [F, 3, H, W].</param>
    /// <exception cref="ArgumentException">Another number of clips or values, or one is not finite.</exception>
    public ClipJudgement[] JudgeAll(IReadOnlyList<MiniatureCase> cases, IReadOnlyList<ReadOnlyMemory<float>> clips)
    {
        if (cases.Count != clips.Count) throw new ArgumentException($"{clips.Count} clips for {cases.Count} cases.", nameof(clips));
        for (int i = 0; i < clips.Count; i++) Check(cases[i].Requested, clips[i].Span, $"clip {i}");
        ClipJudgement[] judgements = new ClipJudgement[cases.Count];
        Parallel.For(
            0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = _options.Threads }, () => new FrameAlignment(_renderer),
            (i, _, alignment) =>
            {
                judgements[i] = Judge(alignment, cases[i].StartCameraToWorld, cases[i].Requested, clips[i].Span);
                return alignment;
            },
            _ => { });
        return judgements;
    }

    private ClipJudgement Judge(FrameAlignment alignment, SE3 start, CameraTrajectory requested, ReadOnlySpan<float> frames)
    {
        Check(requested, frames, "the clip");
        SE3[] poses = new SE3[requested.Count];
        poses[0] = SE3.Identity;
        double squares = 0, energy = 0, roomEnergy = 0;
        for (int k = 1; k < poses.Length; k++)
        {
            ReadOnlySpan<float> frame = frames.Slice((k - 1) * _renderer.FrameLength, _renderer.FrameLength);
            poses[k] = alignment.Find(frame, start, requested[k], _options);
            double distance = TensorPrimitives.Distance(frame, alignment.Picture);
            squares += distance * distance;
            energy += GradientEnergy(frame);
            roomEnergy += GradientEnergy(alignment.Picture);
        }

        return ClipJudgement.Of(new(poses), requested, Math.Sqrt(squares / frames.Length), energy / roomEnergy);
    }

    private void Check(CameraTrajectory requested, ReadOnlySpan<float> frames, string what)
    {
        int expected = (requested.Count - 1) * _renderer.FrameLength;
        if (requested.Count < 2) throw new ArgumentException($"{requested.Count} requested pose, expected the start and at least one more.", nameof(requested));
        if (frames.Length != expected)
            throw new ArgumentException($"{frames.Length} numbers in {what}, expected {expected} for {requested.Count - 1} frames of {_renderer.FrameLength}.", nameof(frames));
        int bad = frames.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0) throw new ArgumentException($"Number {bad} of {what} is {frames[bad]}, expected finite pixels.", nameof(frames));
    }

    // Sum over planes of squared differences between neighbours, to the right and below.
    private double GradientEnergy(ReadOnlySpan<float> planes)
    {
        int width = _renderer.WidthPixels, rows = planes.Length / width;
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> here = planes.Slice(row * width, width);
            double across = TensorPrimitives.Distance(here[1..], here[..^1]);
            sum += across * across;
            if ((row + 1) % _renderer.HeightPixels == 0) continue;
            double down = TensorPrimitives.Distance(here, planes.Slice((row + 1) * width, width));
            sum += down * down;
        }

        return sum;
    }
}
