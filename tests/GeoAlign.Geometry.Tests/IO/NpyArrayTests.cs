using System.Buffers.Binary;
using System.Text;

namespace GeoAlign.Geometry.Tests.IO;

public class NpyArrayTests
{
    [Theory]
    [InlineData(1, "<f8"), InlineData(2, "<f8"), InlineData(3, "<f8"), InlineData(1, "<f4"), InlineData(1, "<i4"), InlineData(1, "<i8")]
    public void Every_version_and_type_is_read(int version, string type)
    {
        byte[] file = File(version, $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2, 3), }}", Data(type, 1, -2, 3, 4, 5, 6));

        NpyArray array = NpyArray.Parse(file, "a.npy");

        Assert.Equal([2, 3], array.Shape.ToArray());
        Assert.Equal(type[1] == 'i', array.IsInteger);
        if (array.IsInteger) Assert.Equal([1, -2, 3, 4, 5, 6], array.Integers.ToArray());
        else Assert.Equal([1, -2, 3, 4, 5, 6], array.Floats.ToArray());
    }

    [Fact]
    public void Fortran_order_becomes_c_order()
    {
        // (2,3,2) with value 100a + 10b + c at [a,b,c], first axis fastest
        double[] stored = [.. from c in new[] { 0, 1 } from b in new[] { 0, 1, 2 } from a in new[] { 0, 1 } select 100.0 * a + 10 * b + c];
        byte[] file = File(1, "{'shape': (2, 3, 2), 'fortran_order': True, 'descr': '<f8'}", Data("<f8", stored));

        NpyArray array = NpyArray.Parse(file, "a.npy");

        Assert.Equal([0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121], array.Floats.ToArray());
    }

    [Theory]
    [InlineData("()", 1), InlineData("(1,)", 1), InlineData("(0, 7)", 0), InlineData("( 1 , 1 )", 1)]
    public void Scalars_empty_arrays_and_odd_spacing_are_read(string shape, int count) =>
        Assert.Equal(count, NpyArray.Parse(File(1, $"{{\"descr\":\"<f8\",\"fortran_order\":False,\"shape\":{shape}}}", new byte[8 * count]), "a.npy").Floats.Length);

    [Theory]
    [InlineData(new[] { 2, 3 }), InlineData(new[] { 6 }), InlineData(new int[0]), InlineData(new[] { 1, 6, 1 })]
    public void What_is_written_is_read_back(int[] shape)
    {
        int count = shape.Aggregate(1, (a, b) => a * b);
        double[] values = [.. Enumerable.Range(0, count).Select(i => i / 3.0)];
        long[] integers = [.. Enumerable.Range(0, count).Select(i => long.MaxValue - i)];
        using MemoryStream floats = new(), whole = new();

        NpyArray.Of(shape, values).Write(floats);
        NpyArray.Of(shape, integers).Write(whole);

        Assert.Equal(values, NpyArray.Parse(floats.ToArray(), "a").Floats.ToArray());
        Assert.Equal(integers, NpyArray.Parse(whole.ToArray(), "a").Integers.ToArray());
        Assert.Equal(shape, NpyArray.Parse(whole.ToArray(), "a").Shape.ToArray());
        Assert.Equal(0, (floats.Length - 8 * count) % 64);                          // the data begins at a multiple of 64
        Assert.Equal((byte)'\n', floats.ToArray()[floats.Length - 8 * count - 1]);
    }

    [Fact]
    public void The_header_is_the_one_numpy_writes()
    {
        using MemoryStream stream = new();

        NpyArray.Of([5, 4, 4], new double[80]).Write(stream);

        byte[] numpy = [0x93, .. "NUMPY"u8, 1, 0, 0x76, 0, .. Encoding.ASCII.GetBytes("{'descr': '<f8', 'fortran_order': False, 'shape': (5, 4, 4), }".PadRight(0x75) + "\n")];
        Assert.Equal(numpy, stream.ToArray()[..128]);
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "object array (|O), which holds pickled code, expected <f4, <f8, <i4 or <i8")]
    [InlineData("{'descr': '>f8', 'fortran_order': False, 'shape': (1,), }", "values of type '>f8', expected <f4, <f8, <i4 or <i8")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", "values of type '<c16'")]
    [InlineData("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (1,), }", "a value that is no string in the header")]
    [InlineData("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,), }", "a value that is neither True nor False in the header")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", "a tuple that is not of at most 32 whole numbers in the header")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1 2), }", "a tuple without commas in the header")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }", "an axis of 99999999999 values")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647, 2147483647), }", "8 bytes of data, expected")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", "8 bytes of data, expected 16 for shape (2) of 8 bytes each")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }", "8 bytes of data, expected 0")]
    [InlineData("{'descr': '<f8', 'fortran_order': False}", "an incomplete header, expected descr, fortran_order and shape")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", "key 'x' in the header")]
    [InlineData("{'descr': '<f8' 'fortran_order': False, 'shape': (1,)}", "no comma between entries in the header")]
    [InlineData("{'descr' '<f8'}", "no colon after a key in the header")]
    [InlineData("[1]", "no dictionary in the header")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} ()", "text after the dictionary in the header")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,", "a tuple that is not of at most 32 whole numbers in the header")]
    public void Broken_headers_are_refused(string header, string problem) =>
        FormatFixture.AssertRefused("a.npy", 0, () => NpyArray.Parse(File(1, header, new byte[8]), "a.npy"), problem, "expected");

    [Fact]
    public void A_cut_file_is_refused_wherever_it_ends()
    {
        byte[] file = File(2, "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", new byte[16]);

        for (int length = 0; length < file.Length; length++)
            FormatFixture.AssertRefused("a.npy", 0, () => NpyArray.Parse(file.AsSpan(0, length), "a.npy"), "expected");
    }

    [Fact]
    public void Other_versions_and_endless_headers_are_refused()
    {
        byte[] version9 = File(1, "{}", []), endless = File(2, "{}", []);
        version9[6] = 9;
        BinaryPrimitives.WriteUInt32LittleEndian(endless.AsSpan(8), uint.MaxValue);

        FormatFixture.AssertRefused("a", 0, () => NpyArray.Parse(version9, "a"), "version 9.0, expected 1.0, 2.0 or 3.0");
        FormatFixture.AssertRefused("a", 0, () => NpyArray.Parse(endless, "a"), "a header of 4294967295 bytes, expected at most 65536");
    }

    [Fact]
    public void Asking_for_the_other_kind_of_numbers_fails()
    {
        Assert.Throws<InvalidOperationException>(() => { _ = NpyArray.Of([1], [1L]).Floats; });
        Assert.Throws<InvalidOperationException>(() => { _ = NpyArray.Of([1], [1.0]).Integers; });
        Assert.Throws<ArgumentException>(() => NpyArray.Of([2, 2], [1.0]));
    }

    private static byte[] File(int version, string header, byte[] data)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] length = new byte[version == 1 ? 2 : 4];
        if (version == 1) BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        else BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. text, .. data];
    }

    private static byte[] Data(string type, params double[] values) => [.. values.SelectMany(value => type switch
    {
        "<f4" => BitConverter.GetBytes((float)value),
        "<i4" => BitConverter.GetBytes((int)value),
        "<i8" => BitConverter.GetBytes((long)value),
        _ => BitConverter.GetBytes(value),
    })];
}
