using System.Numerics.Tensors;
using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>A blurred picture of the room from one pose and its derivatives there: finds nearby poses by one linear step. Immutable.</summary>
internal sealed class LinearisedView
{
    private readonly SE3 _pose;
    private readonly float[] _picture, _columns;
    private readonly double[] _gram = new double[36], _inverse = new double[36];
    private readonly PhotometricAlignerOptions _options;

    /// <summary>Renders the picture and its derivatives.</summary>
    /// <param name="renderer">Room and frame size.</param>
    /// <param name="startCameraToWorld">World pose of frame 0.</param>
    /// <param name="relative">Where to linearise, relative to frame 0.</param>
    /// <param name="options">Ridge and penalties.</param>
    public LinearisedView(RoomRenderer renderer, in SE3 startCameraToWorld, in SE3 relative, PhotometricAlignerOptions options)
    {
        (_pose, _options) = (relative, options);
        _picture = new float[renderer.FrameLength];
        _columns = new float[6 * renderer.FrameLength];
        float[] scratch = new float[renderer.FrameLength];
        renderer.RenderPlanar(startCameraToWorld * relative, scratch);
        BinomialBlur.Apply(scratch, renderer.WidthPixels, renderer.HeightPixels, _picture);
        PoseJacobian.Write(renderer, startCameraToWorld * relative, blurred: true, _columns, scratch);

        PoseJacobian.Gram(_columns, _gram);
        double[] ridged = [.. _gram];
        for (int i = 0; i < 6; i++) ridged[7 * i] += i < 3 ? options.RidgePerSquareMetre : options.RidgePerSquareRadian;
        Cholesky6.Invert(ridged, _inverse);
    }

    /// <summary>The pose, relative to frame 0, that explains a frame best to first order, and how badly it does.</summary>
    /// <remarks>
    /// <c>δ = (JᵀJ + Λ)⁻¹ Jᵀ (F − I)</c>; the score is <c>‖F − I − Jδ‖²/N + p_t·|t|² + p_ω·|ω|²</c>, whose first part needs no second pass over the pixels:
    /// <c>‖r‖² − 2·δᵀJᵀr + δᵀJᵀJδ</c>.
    /// </remarks>
    /// <param name="blurredFrame">F.</param>
    /// <param name="scratch">N numbers.</param>
    public (SE3 Pose, double Score) Align(ReadOnlySpan<float> blurredFrame, Span<float> scratch)
    {
        Span<double> projected = stackalloc double[6], step = stackalloc double[6];
        TensorPrimitives.Subtract(blurredFrame, _picture, scratch);
        PoseJacobian.Project(_columns, scratch, projected);
        double squares = TensorPrimitives.SumOfSquares<float>(scratch);
        for (int i = 0; i < 6; i++) step[i] = TensorPrimitives.Dot<double>(_inverse.AsSpan(6 * i, 6), projected);
        for (int i = 0; i < 6; i++) squares += step[i] * (TensorPrimitives.Dot<double>(_gram.AsSpan(6 * i, 6), step) - 2 * projected[i]);

        double penalty = _options.DistancePenalty * TensorPrimitives.SumOfSquares<double>(step[..3])
                       + _options.AnglePenalty * TensorPrimitives.SumOfSquares<double>(step[3..]);
        return (PoseJacobian.Moved(_pose, step), squares / blurredFrame.Length + penalty);
    }
}
