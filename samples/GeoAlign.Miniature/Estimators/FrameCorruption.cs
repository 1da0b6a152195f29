using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Spoils clean pictures as a generator of few steps does: ghosts of nearby views, blur, colour clouds, patches that do not fit, noise.</summary>
/// <remarks>Ours, after looking at samples of the miniature model. All draws come from one generator, so a seed gives the same batches again.</remarks>
internal sealed class FrameCorruption : IDisposable
{
    private const int Side = 16, Coarse = 4, Channels = 3, Length = Channels * Side * Side;

    private readonly FrameCorruptionOptions _options;
    private readonly Generator _random;
    private readonly Tensor _blur;            // [16, 16]: binomial (1, 2, 1)/4, mirrored at the border
    private readonly Tensor _smooth;          // [16, 4]: coarse cells to pixels, linear between their centres
    private readonly Tensor _blocks;          // [16, 4]: coarse cells to pixels, constant

    public FrameCorruption(FrameCorruptionOptions options, ulong seed)
    {
        (_options, _random) = (options, new Generator(seed));
        (_blur, _smooth, _blocks) = (TensorValues.From(BlurMatrix(), Side, Side), TensorValues.From(Upsampling(smooth: true), Side, Coarse), TensorValues.From(Upsampling(smooth: false), Side, Coarse));
    }

    /// <summary>A batch of drawn frames of a pool.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="size">Frames.</param>
    public FrameBatch Draw(FramePool pool, long size)
    {
        using Tensor indices = randint(pool.Count, [size], dtype: ScalarType.Int64, generator: _random);
        return Spoil(pool, indices);
    }

    /// <summary>Spoils chosen frames of a pool.</summary>
    public FrameBatch Spoil(FramePool pool, Tensor indices)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        long n = indices.shape[0];
        Tensor plain = pool.Plain.index_select(0, indices);
        Tensor ghosted = Chosen(n, _options.GhostShare);
        Tensor clean = where(ghosted, pool.Mixed.index_select(0, indices), plain);
        Tensor pose = where(ghosted, pool.MixedPose.index_select(0, indices), pool.PlainPose.index_select(0, indices));

        Tensor other = pool.Plain.index_select(0, pool.Neighbour.index_select(0, indices));
        Tensor x = plain + GhostWeights(pool.Weight.index_select(0, indices), ghosted) * (other - plain);
        Tensor planes = x.view(n, Channels, Side, Side);
        planes = planes + Amount(n, _options.BlurShare, 1) * (Filtered(planes) - planes);
        planes = planes + Amount(n, _options.WarpShare, _options.WarpPixels) * Warp(planes, n);
        planes = planes + Amount(n, _options.CloudShare, _options.CloudNoise) * Upsampled(_smooth, Normal(n, Channels, Coarse, Coarse));
        planes = planes + Amount(n, _options.BlockShare, _options.BlockNoise) * Upsampled(_blocks, Normal(n, Channels, Coarse, Coarse));
        planes = planes * (1 + Symmetric(n, Channels) * _options.Gain) + Symmetric(n, Channels) * _options.Gain;
        planes = planes + Amount(n, _options.WhiteShare, _options.WhiteNoise) * Normal(n, Channels, Side, Side);
        Tensor pictures = planes.view(n, Length).clamp(-1, 1);
        Tensor error = (pictures - clean).square().mean([1L], keepdim: true);
        return new(pictures.MoveToOuterDisposeScope(), clean.MoveToOuterDisposeScope(), pose.MoveToOuterDisposeScope(), error.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        _random.Dispose();
        _blur.Dispose();
        _smooth.Dispose();
        _blocks.Dispose();
    }

    // Share of the neighbour per pixel, [n, 768]; its mean over the picture is the pool's share, so the pose stays the mixed one.
    private Tensor GhostWeights(Tensor share, Tensor ghosted)
    {
        long n = share.shape[0];
        Tensor field = Upsampled(_smooth, rand([n, 1, Coarse, Coarse], generator: _random));
        Tensor even = rand([n, 1, 1, 1], generator: _random);
        field = even + (1 - even) * field;
        field = field / field.mean([2L, 3L], keepdim: true);
        Tensor weights = (field * share.view(n, 1, 1, 1)).clamp(0, 1) * ghosted.view(n, 1, 1, 1);
        return weights.expand(n, Channels, Side, Side).reshape(n, Length);
    }

    // Displacements of every 4×4 block on its own, first order: ∂I/∂x·u + ∂I/∂y·v.
    private Tensor Warp(Tensor planes, long n)
    {
        Tensor right = nn.functional.pad(planes, [1, 1, 0, 0], PaddingModes.Replicate), down = nn.functional.pad(planes, [0, 0, 1, 1], PaddingModes.Replicate);
        Tensor dx = 0.5 * (right.narrow(3, 2, Side) - right.narrow(3, 0, Side)), dy = 0.5 * (down.narrow(2, 2, Side) - down.narrow(2, 0, Side));
        return dx * Displacement(n) + dy * Displacement(n);
    }

    // Without its mean over the picture, which would be a turn of the camera.
    private Tensor Displacement(long n)
    {
        Tensor field = Upsampled(_blocks, Normal(n, 1, Coarse, Coarse));
        return field - field.mean([2L, 3L], keepdim: true);
    }

    private Tensor Filtered(Tensor planes) => _blur.matmul(planes).matmul(_blur.transpose(0, 1));

    private static Tensor Upsampled(Tensor matrix, Tensor coarse) => matrix.matmul(coarse).matmul(matrix.transpose(0, 1));

    private Tensor Normal(params long[] shape) => randn(shape, generator: _random);

    private Tensor Symmetric(long n, long channels) => 2 * rand([n, channels, 1, 1], generator: _random) - 1;

    private Tensor Chosen(long n, double share) => rand([n, 1], generator: _random) < share;

    // Per frame: 0, or uniform up to the largest.
    private Tensor Amount(long n, double share, double largest) =>
        (Chosen(n, share) * rand([n, 1], generator: _random) * largest).view(n, 1, 1, 1);

    private static float[] BlurMatrix()
    {
        float[] matrix = new float[Side * Side];
        for (int row = 0; row < Side; row++)
        {
            matrix[row * Side + row] += 0.5f;
            matrix[row * Side + Math.Max(row - 1, 0)] += 0.25f;
            matrix[row * Side + Math.Min(row + 1, Side - 1)] += 0.25f;
        }

        return matrix;
    }

    private static float[] Upsampling(bool smooth)
    {
        float[] matrix = new float[Side * Coarse];
        for (int row = 0; row < Side; row++)
        {
            if (!smooth)
            {
                matrix[row * Coarse + row / Coarse] = 1;
                continue;
            }

            float at = Math.Clamp((row + 0.5f) * Coarse / Side - 0.5f, 0, Coarse - 1);
            int cell = Math.Min((int)at, Coarse - 2);
            matrix[row * Coarse + cell] = 1 - (at - cell);
            matrix[row * Coarse + cell + 1] = at - cell;
        }

        return matrix;
    }
}
