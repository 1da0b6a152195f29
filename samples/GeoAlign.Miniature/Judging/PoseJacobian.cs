using System.Numerics.Tensors;
using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>How the picture changes with the camera: derivatives by three metres along and three radians about the camera's own axes.</summary>
/// <remarks>Central differences, ours: the room's pictures are smooth at 2 cm and 0.01 rad, and textures have no analytic derivative at texel borders.</remarks>
internal static class PoseJacobian
{
    /// <summary>Half of the difference in position.</summary>
    public const double StepMetres = 0.02;

    /// <summary>Half of the difference in angle.</summary>
    public const double StepRadians = 0.01;

    /// <summary>The pose after a small motion in the camera's own frame: <c>T · (exp(ω), t)</c>.</summary>
    /// <param name="pose">T.</param>
    /// <param name="metresRadians">(t, ω).</param>
    public static SE3 Moved(in SE3 pose, ReadOnlySpan<double> metresRadians) => pose * new SE3(
        SO3.Exp(new(metresRadians[3], metresRadians[4], metresRadians[5])), new(metresRadians[0], metresRadians[1], metresRadians[2]));

    /// <summary>Writes ∂picture/∂(t, ω).</summary>
    /// <param name="renderer">Room and frame size; N = 3 · H · W.</param>
    /// <param name="cameraToWorld">Where; at least <see cref="StepMetres"/> away from every wall.</param>
    /// <param name="blurred">Whether the picture is what <see cref="BinomialBlur"/> makes of it.</param>
    /// <param name="columns">6 · N numbers, one derivative after the other.</param>
    /// <param name="scratch">N numbers.</param>
    public static void Write(RoomRenderer renderer, in SE3 cameraToWorld, bool blurred, Span<float> columns, Span<float> scratch)
    {
        int length = renderer.FrameLength;
        Span<double> motion = stackalloc double[Cholesky6.Size];
        for (int i = 0; i < Cholesky6.Size; i++)
        {
            Span<float> column = columns.Slice(i * length, length);
            double step = i < 3 ? StepMetres : StepRadians;
            motion.Clear();
            motion[i] = step;
            renderer.RenderPlanar(Moved(cameraToWorld, motion), column);
            motion[i] = -step;
            renderer.RenderPlanar(Moved(cameraToWorld, motion), scratch);
            TensorPrimitives.Subtract(column, scratch, column);
            TensorPrimitives.Multiply(column, (float)(0.5 / step), column);
            if (!blurred) continue;
            BinomialBlur.Apply(column, renderer.WidthPixels, renderer.HeightPixels, scratch);
            scratch.CopyTo(column);
        }
    }

    /// <summary>JᵀJ, row-major.</summary>
    public static void Gram(ReadOnlySpan<float> columns, Span<double> gram)
    {
        int length = columns.Length / Cholesky6.Size;
        for (int i = 0; i < Cholesky6.Size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double dot = TensorPrimitives.Dot(columns.Slice(i * length, length), columns.Slice(j * length, length));
                gram[Cholesky6.Size * i + j] = gram[Cholesky6.Size * j + i] = dot;
            }
        }
    }

    /// <summary>Jᵀr.</summary>
    public static void Project(ReadOnlySpan<float> columns, ReadOnlySpan<float> residual, Span<double> projected)
    {
        int length = residual.Length;
        for (int i = 0; i < Cholesky6.Size; i++) projected[i] = TensorPrimitives.Dot(columns.Slice(i * length, length), residual);
    }
}
