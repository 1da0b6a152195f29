using System.Collections.Immutable;

namespace GeoAlign.Models;

/// <summary>A tensor's elements inside a storage in a file, read in row-major order however they lie there.</summary>
/// <remarks>Row-major index (i₀, i₁, …) is stored at element <c>offset + Σ iₖ·strideₖ</c>.</remarks>
internal sealed class StridedView
{
    private const int WindowBytes = 4096;

    /// <summary>
    /// Most elements of a tensor that has more than its storage (ours): room for masks and tables of positions, not for a small file that
    /// becomes a large tensor. Weights of a network never repeat their elements.
    /// </summary>
    private const long MostRepeatedElements = 1 << 20;

    private readonly WeightBytes _file;
    private readonly long _begin;
    private readonly long[] _strides;
    private readonly WeightEntry _entry;
    private readonly bool _isContiguous;

    private StridedView(WeightBytes file, WeightEntry entry, long begin, long[] strides)
    {
        (_file, _entry, _begin, _strides) = (file, entry, begin, strides);
        long dense = 1;
        _isContiguous = true;
        for (int axis = entry.Shape.Length - 1; axis >= 0; axis--)
        {
            _isContiguous &= entry.Shape[axis] <= 1 || strides[axis] == dense;
            dense *= Math.Max(1, entry.Shape[axis]);
        }
    }

    /// <summary>Name, type and shape.</summary>
    public WeightEntry Entry => _entry;

    /// <summary>Checks what a pickle says about a tensor against the storage it lies in.</summary>
    /// <param name="file">File of the storage.</param>
    /// <param name="name">Name of the tensor, for messages.</param>
    /// <param name="tensor">What the pickle says.</param>
    /// <param name="storageStart">Position of the storage in the file.</param>
    public static StridedView Create(WeightBytes file, string name, PickledTensor tensor, long storageStart)
    {
        long[] sizes = Numbers(file, name, tensor.Sizes, "its shape"), strides = Numbers(file, name, tensor.Strides, "its strides");
        if (sizes.Length != strides.Length)
            throw new WeightFormatException(file.Path, name, $"{sizes.Length} sizes but {strides.Length} strides");
        if (tensor.Offset is not long offset || offset < 0)
            throw new WeightFormatException(file.Path, name, "its offset is not a whole number of 0 or more");

        Int128 last = offset, count = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            count *= sizes[axis];
            last += (Int128)Math.Max(0, sizes[axis] - 1) * strides[axis];
            if (count > long.MaxValue)
                throw new WeightFormatException(file.Path, name, $"{WeightEntry.Format(sizes)} has more elements than 2⁶³−1");
        }

        if (count > Math.Max(tensor.Storage.ElementCount, MostRepeatedElements) || (count > 0 && last >= tensor.Storage.ElementCount))
        {
            string view = $"{WeightEntry.Format(sizes)} with strides {WeightEntry.Format(strides)} from element {offset}";
            throw new WeightFormatException(file.Path, name, $"{view} goes beyond its storage of {tensor.Storage.ElementCount}");
        }

        WeightEntry entry = new(name, tensor.Storage.Type, [.. sizes], (long)count);
        return new StridedView(file, entry, storageStart + (count > 0 ? offset * entry.Type.SizeInBytes() : 0), strides);
    }

    /// <summary>Copies a piece of the tensor's row-major bytes, which the caller has checked to lie inside.</summary>
    public void Read(long byteOffset, Span<byte> destination)
    {
        if (_isContiguous) _file.Read(_begin + byteOffset, destination);
        else if (destination.Length > 0) Gather(byteOffset, destination);
    }

    // Reads windows of the storage; neighbours in the result are usually neighbours there, or a fixed step away.
    private void Gather(long byteOffset, Span<byte> destination)
    {
        int size = _entry.Type.SizeInBytes();
        byte[] window = new byte[WindowBytes];
        (long windowStart, long windowEnd) = (0, 0);
        long storageEnd = _begin + size;
        for (int axis = 0; axis < _strides.Length; axis++) storageEnd += (_entry.Shape[axis] - 1) * _strides[axis] * size;

        long element = byteOffset / size;
        int skip = (int)(byteOffset % size);
        long[] index = IndexOf(element);
        while (!destination.IsEmpty)
        {
            long position = _begin + PositionOf(index) * size;
            if (position < windowStart || position + size > windowEnd)
            {
                windowStart = position;
                windowEnd = Math.Min(position + WindowBytes, storageEnd);
                _file.Read(windowStart, window.AsSpan(0, (int)(windowEnd - windowStart)));
            }

            int taken = Math.Min(size - skip, destination.Length);
            window.AsSpan((int)(position - windowStart) + skip, taken).CopyTo(destination);
            destination = destination[taken..];
            skip = 0;
            Advance(index);
        }
    }

    private long[] IndexOf(long element)
    {
        long[] index = new long[_strides.Length];
        for (int axis = index.Length - 1; axis >= 0; axis--) (element, index[axis]) = Math.DivRem(element, _entry.Shape[axis]);
        return index;
    }

    private long PositionOf(long[] index)
    {
        long position = 0;
        for (int axis = 0; axis < index.Length; axis++) position += index[axis] * _strides[axis];
        return position;
    }

    private void Advance(long[] index)
    {
        for (int axis = index.Length - 1; axis >= 0; axis--)
        {
            if (++index[axis] < _entry.Shape[axis]) return;
            index[axis] = 0;
        }
    }

    private static long[] Numbers(WeightBytes file, string name, object?[] values, string what)
    {
        if (values.Length > SafetensorsHeader.MostAxes)
        {
            throw new WeightFormatException(
                file.Path, name, $"{what} has {values.Length} numbers, expected at most {SafetensorsHeader.MostAxes}");
        }

        return Array.ConvertAll(values, value => value is long and >= 0
            ? (long)value
            : throw new WeightFormatException(file.Path, name, $"{what} holds something else than whole numbers of 0 or more"));
    }
}
