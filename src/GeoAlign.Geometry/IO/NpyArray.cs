using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace GeoAlign.Geometry;

/// <summary>
/// A numeric array of NumPy's <c>.npy</c> format: versions 1 to 3, <c>&lt;f4 &lt;f8 &lt;i4 &lt;i8</c>, C or Fortran order.
/// </summary>
/// <remarks>
/// Values are given out in C order (last axis fastest), widened to 64 bits. Object arrays, which hold pickled code, are refused.
/// </remarks>
public sealed class NpyArray
{
    private readonly int[] _shape;
    private readonly double[]? _floats;
    private readonly long[]? _integers;

    private NpyArray(int[] shape, double[]? floats, long[]? integers) => (_shape, _floats, _integers) = (shape, floats, integers);

    /// <summary>An array of doubles.</summary>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="values">Values in C order; their number is the product of the sizes.</param>
    /// <exception cref="ArgumentException">The number of values is another.</exception>
    public static NpyArray Of(ReadOnlySpan<int> shape, ReadOnlySpan<double> values) =>
        new(CheckedShape(shape, values.Length), values.ToArray(), null);

    /// <summary>An array of whole numbers.</summary>
    /// <param name="shape">Sizes of the axes.</param>
    /// <param name="values">Values in C order; their number is the product of the sizes.</param>
    /// <exception cref="ArgumentException">The number of values is another.</exception>
    public static NpyArray Of(ReadOnlySpan<int> shape, ReadOnlySpan<long> values) =>
        new(CheckedShape(shape, values.Length), null, values.ToArray());

    /// <summary>Sizes of the axes.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>Whether the array holds whole numbers.</summary>
    public bool IsInteger => _integers is not null;

    /// <summary>Values of a floating-point array in C order.</summary>
    /// <exception cref="InvalidOperationException">The array holds whole numbers.</exception>
    public ReadOnlySpan<double> Floats => _floats ?? throw new InvalidOperationException("The array holds whole numbers; read Integers.");

    /// <summary>Values of an integer array in C order.</summary>
    /// <exception cref="InvalidOperationException">The array holds floating-point numbers.</exception>
    public ReadOnlySpan<long> Integers => _integers
        ?? throw new InvalidOperationException("The array holds floating-point numbers; read Floats.");

    /// <summary>Sizes and type in words, for messages.</summary>
    public override string ToString() => $"{(IsInteger ? "integers" : "floats")} of shape ({string.Join(", ", _shape)})";

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrajectoryFormatException">The file is no array of these kinds; the message says what was expected.</exception>
    public static NpyArray Read(string path) => Parse(File.ReadAllBytes(path), path);

    /// <summary>Reads a stream to its end; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The bytes are no array of these kinds.</exception>
    public static NpyArray Read(Stream stream, string name) => Parse(SourceBytes.ReadAll(stream).Span, name);

    /// <summary>Reads the bytes of a file; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The bytes are no array of these kinds.</exception>
    public static NpyArray Parse(ReadOnlySpan<byte> bytes, string name)
    {
        NpyHeader header = NpyHeader.Read(bytes, name);
        ReadOnlySpan<byte> data = bytes[header.DataOffset..];
        int count = header.CheckedCount(data.Length, name);
        if (header.IsInteger)
        {
            long[] integers = new long[count];
            for (int i = 0; i < count; i++)
                integers[i] = header.ItemBytes == 4
                    ? BinaryPrimitives.ReadInt32LittleEndian(data[(4 * i)..])
                    : BinaryPrimitives.ReadInt64LittleEndian(data[(8 * i)..]);
            return new NpyArray(header.Shape, null, header.IsFortranOrder ? InCOrder(integers, header.Shape) : integers);
        }

        double[] floats = new double[count];
        for (int i = 0; i < count; i++)
            floats[i] = header.ItemBytes == 4
                ? BinaryPrimitives.ReadSingleLittleEndian(data[(4 * i)..])
                : BinaryPrimitives.ReadDoubleLittleEndian(data[(8 * i)..]);
        return new NpyArray(header.Shape, header.IsFortranOrder ? InCOrder(floats, header.Shape) : floats, null);
    }

    /// <summary>Writes a file (version 1, <c>&lt;f8</c> or <c>&lt;i8</c>, C order); an existing one is replaced.</summary>
    public void Write(string path)
    {
        using FileStream stream = File.Create(path);
        Write(stream);
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(NpyHeader.Bytes(IsInteger ? "<i8" : "<f8", _shape));
        Span<byte> item = stackalloc byte[8];
        foreach (double value in _floats ?? [])
        {
            BinaryPrimitives.WriteDoubleLittleEndian(item, value);
            stream.Write(item);
        }

        foreach (long value in _integers ?? [])
        {
            BinaryPrimitives.WriteInt64LittleEndian(item, value);
            stream.Write(item);
        }
    }

    private static int[] CheckedShape(ReadOnlySpan<int> shape, int count)
    {
        long product = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            product = Math.Min(product * size, int.MaxValue);
        }

        return product == count
            ? shape.ToArray()
            : throw new ArgumentException($"{count} values for shape ({string.Join(", ", shape.ToArray())}).", nameof(shape));
    }

    /// <summary>Reorders from first axis fastest to last axis fastest.</summary>
    private static T[] InCOrder<T>(T[] fortran, int[] shape)
    {
        T[] ordered = new T[fortran.Length];
        int[] index = new int[shape.Length];
        for (int from = 0; from < fortran.Length; from++)
        {
            int to = 0;
            for (int axis = 0; axis < shape.Length; axis++) to = to * shape[axis] + index[axis];
            ordered[to] = fortran[from];
            for (int axis = 0; axis < shape.Length && ++index[axis] == shape[axis]; axis++) index[axis] = 0;
        }

        return ordered;
    }
}
