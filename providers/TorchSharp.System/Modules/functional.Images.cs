using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Aten.Call("pixel_shuffle", input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) =>
                Aten.Call("pixel_unshuffle", input, downscale_factor);

            /// <summary>Adds borders: two numbers per dimension, last dimension first.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                mode is PaddingModes.Constant or PaddingModes.Zeros
                    ? Aten.Call("constant_pad_nd", input, pad, mode == PaddingModes.Zeros ? 0.0 : value)
                    : Aten.Call("pad", input, pad, mode.ToString().ToLowerInvariant());

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(
                Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad, pad], mode, value);

            /// <summary>Values of the input at places in [−1, 1]²; the last axis of the grid holds (x, y).</summary>
            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                // libtorch's numbers: bilinear 0, nearest 1; zeros 0, border 1, reflection 2.
                long interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                long outside = padding_mode switch { GridSamplePaddingMode.Zeros => 0, GridSamplePaddingMode.Border => 1, _ => 2 };
                return Aten.Call("grid_sampler", input, grid, interpolation, outside, align_corners ?? false);
            }

            /// <summary>Resamples the dimensions after batch and channels to a size or by a factor; exactly one of them is given.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                int spatial = (int)x.ndim - 2;
                if (size is null == scale_factor is null) throw new ArgumentException("interpolate needs size or scale_factor, and not both.");
                long[]? sizes = size is { Length: 1 } ? [.. Enumerable.Repeat(size[0], spatial)] : size;
                double[]? factors = scale_factor is { Length: 1 } ? [.. Enumerable.Repeat(scale_factor[0], spatial)] : scale_factor;
                if ((sizes?.Length ?? factors!.Length) != spatial)
                {
                    throw new ArgumentException(
                        $"interpolate of {spatial} spatial dimensions got {sizes?.Length ?? factors!.Length} sizes or factors.");
                }

                if (factors is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    long[] from = x.shape;
                    sizes = [.. factors.Select((factor, i) => (long)Math.Floor(from[i + 2] * factor))];
                    factors = null;
                }

                if (antialias && (mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic) || spatial != 2))
                    throw new ArgumentException("antialias is only there for Bilinear and Bicubic on images.");
                bool corners = align_corners ?? false;
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, 1 or 2 or 3) => Aten.Call($"upsample_nearest{spatial}d.vec", x, sizes, factors),
                    (InterpolationMode.NearestExact, 1 or 2 or 3) => Aten.Call($"_upsample_nearest_exact{spatial}d.vec", x, sizes, factors),
                    (InterpolationMode.Linear, 1) => Aten.Call("upsample_linear1d.vec", x, sizes, corners, factors),
                    (InterpolationMode.Bilinear, 2) => Aten.Call(
                        antialias ? "_upsample_bilinear2d_aa.vec" : "upsample_bilinear2d.vec", x, sizes, corners, factors),
                    (InterpolationMode.Bicubic, 2) => Aten.Call(
                        antialias ? "_upsample_bicubic2d_aa.vec" : "upsample_bicubic2d.vec", x, sizes, corners, factors),
                    (InterpolationMode.Trilinear, 3) => Aten.Call("upsample_trilinear3d.vec", x, sizes, corners, factors),
                    (InterpolationMode.Area, 1) => Aten.Call("adaptive_avg_pool1d", x, sizes),
                    (InterpolationMode.Area, 2) => Aten.Call("adaptive_avg_pool2d", x, sizes),
                    (InterpolationMode.Area, 3) => Aten.Call("adaptive_avg_pool3d", x, sizes),
                    _ => throw new ArgumentException($"{mode} does not go with {spatial} spatial dimensions."),
                };
            }
        }
    }
}
