using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp.Utils;

/// <summary>Reads and writes the elements of a CPU tensor in row-major order, whatever its strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor _tensor;
    private readonly T* _start;
    private readonly long[] _shape;
    private readonly long[] _strides;
    private readonly bool _contiguous;

    internal TensorAccessor(torch.Tensor tensor)
    {
        _tensor = tensor;
        _start = (T*)tensor.DataPointer();
        _shape = tensor.shape;
        _strides = tensor.stride();
        _contiguous = tensor.is_contiguous();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    // The memory goes when the tensor is disposed.
    private T* Data => _tensor.IsInvalid
        ? throw new ObjectDisposedException(nameof(torch.Tensor), "The tensor has been disposed.")
        : _start;

    /// <summary>Element by its indices, or by its place in row-major order with one index.</summary>
    public T this[params long[] indices]
    {
        get
        {
            T value = *At(indices);
            GC.KeepAlive(_tensor);
            return value;
        }

        set
        {
            *At(indices) = value;
            GC.KeepAlive(_tensor);
        }
    }

    public T[] ToArray()
    {
        T[] array = new T[Count];
        CopyTo(array.AsSpan());
        return array;
    }

    /// <summary>The elements in an array of the tensor's rank; the element itself for rank 0 comes as an array of one.</summary>
    public Array ToNDArray()
    {
        if (_shape.Length <= 1) return ToArray();
        Array array = Array.CreateInstance(typeof(T), _shape);
        ToArray().AsSpan().CopyTo(MemoryMarshal.CreateSpan(
            ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        Span<T> target = array[arrayIndex..];
        long count = Math.Min(target.Length, Count - tensorIndex);
        if (_contiguous)
        {
            new ReadOnlySpan<T>(Data + tensorIndex, checked((int)count)).CopyTo(target);
        }
        else
        {
            T* data = Data;
            for (long i = 0; i < count; i++) target[(int)i] = data[Offset(tensorIndex + i)];
        }

        GC.KeepAlive(_tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        ReadOnlySpan<T> source = array[arrayIndex..];
        long count = Math.Min(source.Length, Count - tensorIndex);
        if (_contiguous)
        {
            source[..checked((int)count)].CopyTo(new Span<T>(Data + tensorIndex, checked((int)count)));
        }
        else
        {
            T* data = Data;
            for (long i = 0; i < count; i++) data[Offset(tensorIndex + i)] = source[(int)i];
        }

        GC.KeepAlive(_tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Does nothing here: the tensor owns the memory.</summary>
    public void Dispose()
    {
    }

    private T* At(long[] indices)
    {
        if (indices.Length == 1 && _shape.Length != 1)
        {
            if (indices[0] < 0 || indices[0] >= Count) throw new IndexOutOfRangeException($"Index {indices[0]} of {Count} elements.");
            return Data + Offset(indices[0]);
        }

        if (indices.Length != _shape.Length)
            throw new ArgumentException($"{indices.Length} indices for a tensor of {_shape.Length} dimensions.");
        long offset = 0;
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= _shape[i]) throw new IndexOutOfRangeException($"Index {indices[i]} of {_shape[i]}.");
            offset += indices[i] * _strides[i];
        }

        return Data + offset;
    }

    // Place in memory of the element with this place in row-major order.
    private long Offset(long flat)
    {
        if (_contiguous) return flat;
        long offset = 0;
        for (int i = _shape.Length - 1; i >= 0; i--)
        {
            offset += flat % _shape[i] * _strides[i];
            flat /= _shape[i];
        }

        return offset;
    }
}
