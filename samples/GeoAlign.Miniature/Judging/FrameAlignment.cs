using System.Numerics.Tensors;
using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>
/// Finds the pose from which a frame was taken by comparing it with the known room: Gauss-Newton on pixels with Levenberg's damping.
/// Holds the memory of one thread; nothing is allocated per frame.
/// </summary>
/// <remarks>
/// Minimises <c>‖I(T) − F‖²</c> over T = T · (exp(ω), t): <c>(JᵀJ + λ·diag JᵀJ) (t, ω) = −Jᵀ(I − F)</c>. A step that does not lower the sum
/// is not taken and λ grows tenfold; one that does shrinks it. Blurred pictures first, since on sharp ones the few rays per pixel make ripples
/// in which the search gets stuck; sharp pictures last, which tell the pose best.
/// </remarks>
internal sealed class FrameAlignment
{
    private const double FirstDamping = 1e-3, MaximumDamping = 1e3, ConvergedMetresRadians = 1e-5, WallMarginMetres = 0.05;

    private readonly RoomRenderer _renderer;
    private readonly float[] _columns, _residual, _tried, _blurredFrame, _picture, _scratch;
    private readonly double[] _gram = new double[36], _damped = new double[36], _projected = new double[6], _step = new double[6];

    /// <summary>Makes room for frames of a renderer's size.</summary>
    public FrameAlignment(RoomRenderer renderer)
    {
        _renderer = renderer;
        _columns = new float[6 * renderer.FrameLength];
        (_residual, _tried, _blurredFrame, _picture, _scratch) =
            (new float[renderer.FrameLength], new float[renderer.FrameLength], new float[renderer.FrameLength], new float[renderer.FrameLength], new float[renderer.FrameLength]);
    }

    /// <summary>The room as seen from the pose that <see cref="Find"/> returned last, [3, H, W].</summary>
    public ReadOnlySpan<float> Picture => _picture;

    /// <summary>Finds the pose of a frame.</summary>
    /// <param name="frame">[3, H, W] in [−1, 1], finite.</param>
    /// <param name="startCameraToWorld">World pose of frame 0.</param>
    /// <param name="requested">Pose asked for, relative to frame 0: its multiples are the starts.</param>
    /// <param name="options">Starts and number of steps.</param>
    /// <returns>The pose relative to frame 0.</returns>
    public SE3 Find(ReadOnlySpan<float> frame, in SE3 startCameraToWorld, in SE3 requested, PhotometricJudgeOptions options)
    {
        SE3 pose = startCameraToWorld * BestStart(frame, startCameraToWorld, requested, options);
        Refine(_blurredFrame, blurred: true, ref pose, options.BlurredIterations);
        Refine(frame, blurred: false, ref pose, options.Iterations);
        _renderer.RenderPlanar(pose, _picture);
        return startCameraToWorld.Inverse() * pose;
    }

    private void Refine(ReadOnlySpan<float> frame, bool blurred, ref SE3 pose, int iterations)
    {
        double cost = Cost(frame, blurred, pose, _residual);
        double damping = FirstDamping;
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            PoseJacobian.Write(_renderer, pose, blurred, _columns, _scratch);
            PoseJacobian.Gram(_columns, _gram);
            PoseJacobian.Project(_columns, _residual, _projected);
            if (!TryStep(frame, blurred, ref pose, ref cost, ref damping)) break;
            if (Math.Abs(TensorPrimitives.MaxMagnitude<double>(_step)) < ConvergedMetresRadians) break;
        }
    }

    // Tries ever shorter steps until one lowers the cost.
    private bool TryStep(ReadOnlySpan<float> frame, bool blurred, ref SE3 pose, ref double cost, ref double damping)
    {
        for (; damping <= MaximumDamping; damping *= 10)
        {
            _gram.CopyTo(_damped, 0);
            for (int i = 0; i < 6; i++) _damped[7 * i] += damping * _gram[7 * i];
            if (!Cholesky6.TrySolve(_damped, _projected, _step)) continue;
            TensorPrimitives.Negate(_step, _step);
            SE3 tried = PoseJacobian.Moved(pose, _step);
            if (!IsClearOfWalls(tried)) continue;
            double triedCost = Cost(frame, blurred, tried, _tried);
            if (!(triedCost < cost)) continue;

            (pose, cost) = (tried, triedCost);
            _tried.CopyTo(_residual, 0);
            damping = Math.Max(0.1 * damping, 1e-9);
            return true;
        }

        return false;
    }

    private SE3 BestStart(ReadOnlySpan<float> frame, in SE3 start, in SE3 requested, PhotometricJudgeOptions options)
    {
        BinomialBlur.Apply(frame, _renderer.WidthPixels, _renderer.HeightPixels, _blurredFrame);
        SE3 best = SE3.Identity;
        double lowest = double.PositiveInfinity;
        for (int t = 0; t < options.TranslationStarts.Count; t++)              // by index: an enumerator of an interface would be allocated
        {
            for (int r = 0; r < options.RotationStarts.Count; r++)
            {
                SE3 tried = new MotionFlaw(options.TranslationStarts[t], options.RotationStarts[r]).Applied(requested);
                if (!IsClearOfWalls(start * tried)) continue;
                double cost = Cost(_blurredFrame, blurred: true, start * tried, _tried);
                if (cost < lowest) (best, lowest) = (tried, cost);
            }
        }

        return best;
    }

    private double Cost(ReadOnlySpan<float> frame, bool blurred, in SE3 pose, Span<float> residual)
    {
        Render(pose, blurred, residual);
        TensorPrimitives.Subtract(residual, frame, residual);
        return TensorPrimitives.SumOfSquares<float>(residual);
    }

    private void Render(in SE3 pose, bool blurred, Span<float> picture)
    {
        if (!blurred)
        {
            _renderer.RenderPlanar(pose, picture);
            return;
        }

        _renderer.RenderPlanar(pose, _scratch);
        BinomialBlur.Apply(_scratch, _renderer.WidthPixels, _renderer.HeightPixels, picture);
    }

    private static bool IsClearOfWalls(in SE3 cameraToWorld)
    {
        Vector3d p = cameraToWorld.Translation;
        return Math.Abs(p.X) < Room.HalfWidthMetres - WallMarginMetres
            && Math.Abs(p.Y) < Room.HalfHeightMetres - WallMarginMetres
            && Math.Abs(p.Z) < Room.HalfDepthMetres - WallMarginMetres;
    }
}
