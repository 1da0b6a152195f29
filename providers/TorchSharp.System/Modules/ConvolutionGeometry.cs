namespace TorchSharp.Modules;

/// <summary>Channels, kernel and borders of a convolution.</summary>
internal sealed record ConvolutionGeometry(
    long InChannels, long OutChannels, long[] KernelSize, long[] Stride, long[] Padding, long[] Dilation, PaddingModes PaddingMode,
    long Groups)
{
    public bool PadsWithZeros => PaddingMode == PaddingModes.Zeros;

    public long[] NoPadding => new long[Padding.Length];

    /// <summary>Padding that keeps the size at stride 1: total dilation·(kernel − 1). Odd totals cannot be split evenly.</summary>
    public static long[] Same(long[] kernel, long[] dilation, long[] stride)
    {
        long[] padding = new long[kernel.Length];
        for (int i = 0; i < kernel.Length; i++)
        {
            if (stride[i] != 1) throw new ArgumentException("Padding.Same needs stride 1.");
            long total = dilation[i] * (kernel[i] - 1);
            if (total % 2 != 0) throw new NotSupportedException("Padding.Same needs odd kernels in this subset of TorchSharp.");
            padding[i] = total / 2;
        }

        return padding;
    }

    /// <summary>Padding as pad() takes it: last dimension first, two numbers each.</summary>
    public long[] BothSides()
    {
        long[] sides = new long[2 * Padding.Length];
        for (int i = 0; i < Padding.Length; i++) sides[2 * i] = sides[2 * i + 1] = Padding[^(i + 1)];
        return sides;
    }
}
