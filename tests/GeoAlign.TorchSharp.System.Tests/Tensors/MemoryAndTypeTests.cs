using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

public class MemoryAndTypeTests : TorchFacts
{
    [Fact]
    public void Accessor_reads_and_writes_elements_whatever_the_strides()
    {
        Tensor x = arange(6, dtype: ScalarType.Float32).view(2, 3).t();
        TensorAccessor<float> data = x.data<float>();

        Assert.Equal(6, data.Count);
        Assert.Equal([0, 3, 1, 4, 2, 5], data.ToArray());
        Assert.Equal(4, data[1, 1]);
        Assert.Equal(3, data[1]);
        Assert.Equal([0, 3, 1, 4, 2, 5], data);
        data[2, 0] = 20;
        data.CopyFrom([7f, 8f], tensorIndex: 4);
        Assert.Equal([0, 3, 1, 4, 7, 8], Values(x));
        float[] part = new float[2];
        data.CopyTo(part, tensorIndex: 2);
        Assert.Equal([1, 4], part);
        Assert.Equal(4f, ((float[,])data.ToNDArray())[1, 1]);
        Assert.Throws<IndexOutOfRangeException>(() => data[3, 0]);
        Assert.Throws<ArgumentException>(() => data[0, 0, 0]);
    }

    [Fact]
    public void Accessor_of_a_disposed_tensor_is_an_error()
    {
        Tensor x = ones(3);
        TensorAccessor<float> data = x.data<float>();
        x.Dispose();

        Assert.Throws<ObjectDisposedException>(() => data[0]);
        Assert.Throws<ObjectDisposedException>(() => data.ToArray());
    }

    [Fact]
    public void Accessor_and_item_insist_on_the_exact_type()
    {
        Tensor x = ones(1);

        Assert.Equal(1f, x.item<float>());
        Assert.Throws<ArgumentException>(() => x.item<double>());
        Assert.Throws<ArgumentException>(() => x.data<double>());
        Assert.Throws<InvalidOperationException>(() => ones(2).item<float>());
    }

    [Fact]
    public void Reads_with_conversion()
    {
        Tensor x = tensor(2.75);

        Assert.Equal(2.75f, x.ToSingle());
        Assert.Equal(2.75, x.ToDouble());
        Assert.Equal(2, x.ToInt32());
        Assert.Equal(2L, x.ToInt64());
        Assert.True(x.ToBoolean());
        Assert.Equal(5, tensor(5L).ToInt32());
        Assert.Equal(2.75, tensor([1.0, 2.75]).ReadCpuDouble(1));
        Assert.Equal(2f, tensor([1f, 2f]).ReadCpuSingle(1));
        Assert.Equal(2L, tensor([1L, 2L]).ReadCpuInt64(1));
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        Tensor x = tensor([1, 256]);

        Assert.Equal([1, 0, 0, 0, 0, 1, 0, 0], x.bytes.ToArray());
        x.bytes[0] = 5;
        Assert.Equal([5, 256], Values(x));
        x.bytes = new byte[8];
        Assert.Equal([0, 0], Values(x));
        Assert.Throws<InvalidOperationException>(() => ones(2, 3).t().bytes.Length);
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Raw_bytes_go_through_streams()
    {
        Tensor x = randn(700, 700);
        using MemoryStream stream = new();
        x.WriteBytesToStream(stream);
        stream.Position = 0;
        Tensor y = zeros(700, 700);

        y.ReadBytesFromStream(stream);

        Assert.True((bool)x.equal(y));
        Assert.Throws<EndOfStreamException>(() => y.ReadBytesFromStream(stream));
    }

    [Fact]
    public void Saved_tensor_comes_back()
    {
        Tensor x = Normal(1, 2, 3).t();
        string file = Path.GetTempFileName();
        try
        {
            x.save(file);
            Tensor y = load(file);

            Assert.Equal(x.shape, y.shape);
            Assert.True((bool)x.equal(y));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(ScalarType.Byte, 1), InlineData(ScalarType.Int8, 1), InlineData(ScalarType.Int16, 2), InlineData(ScalarType.Int32, 4), InlineData(ScalarType.Int64, 8)]
    [InlineData(ScalarType.Float16, 2), InlineData(ScalarType.BFloat16, 2), InlineData(ScalarType.Float32, 4), InlineData(ScalarType.Float64, 8), InlineData(ScalarType.Bool, 1)]
    public void Each_dtype_is_made_converted_and_measured(ScalarType type, long size)
    {
        Tensor x = ones([3], dtype: type);

        Assert.Equal(type, x.dtype);
        Assert.Equal(size, x.element_size());
        Assert.Equal(size, x.ElementSize);
        Assert.Equal([1, 1, 1], Values(x));
        Assert.Equal(type, ones(3).to(type).dtype);
        Assert.Equal(type, zeros(3).to_type(type).dtype);
    }

    [Fact]
    public void Casts_by_name()
    {
        Tensor x = ones(2);

        Assert.Equal(ScalarType.Float16, x.half().dtype);
        Assert.Equal(ScalarType.BFloat16, x.bfloat16().dtype);
        Assert.Equal(ScalarType.Float64, x.@double().dtype);
        Assert.Equal(ScalarType.Float32, x.@double().@float().dtype);
        Assert.Equal(ScalarType.Int32, x.@int().dtype);
        Assert.Equal(ScalarType.Int64, x.@long().dtype);
        Assert.Equal(ScalarType.Bool, x.@bool().dtype);
        Assert.Equal(ScalarType.Byte, x.@byte().dtype);
        Assert.Equal(ScalarType.Float64, x.type_as(x.@double()).dtype);
        Assert.Equal(ScalarType.Float64, x.to(x.@double()).dtype);
        Assert.Equal(ScalarType.Float64, x.to(ScalarType.Float64, CPU, copy: true).dtype);
    }

    [Fact]
    public void Conversion_disposes_its_source_on_request()
    {
        Tensor x = ones(2);

        Tensor y = x.to(ScalarType.Float64, disposeAfter: true);

        Assert.True(x.IsInvalid);
        Assert.Equal([1, 1], Values(y));
    }

    [Fact]
    public void BFloat16_rounds_as_libtorch_does()
    {
        float[] numbers = [0, 1, -2.5f, 1.00390625f, 1.01171875f, 3.14159f, 1e-40f, 3.4e38f, float.PositiveInfinity, float.NaN, 65504, -1e30f];

        BFloat16[] theirs = tensor(numbers).bfloat16().data<BFloat16>().ToArray();

        for (int i = 0; i < numbers.Length; i++) Assert.Equal(theirs[i].ToSingle(), ((BFloat16)numbers[i]).ToSingle());
        Assert.Equal(3.140625f, (float)(BFloat16)3.14159f);
    }

    [Fact]
    public void Half_elements_are_System_Half() =>
        Assert.Equal((Half)1.5f, tensor([1.5f]).half().item<Half>());

    [Fact]
    public void Devices_are_named_and_only_the_CPU_is_there()
    {
        Assert.Equal(DeviceType.CPU, ones(1).device_type);
        Assert.Equal(-1, ones(1).device_index);
        Assert.Equal("cpu", ones(1).device.ToString());
        Assert.Equal(new Device(DeviceType.CUDA, 1), device("cuda:1"));
        Assert.Equal("cuda:0", device("cuda").ToString());
        Assert.Equal("cuda:2", new Device(2).ToString());
        Assert.False(cuda.is_available());
        Assert.False(cuda_is_available());
        Assert.Equal(0, cuda.device_count());
        Assert.False(TryInitializeDeviceType(DeviceType.CUDA));
        Assert.Throws<InvalidOperationException>(() => InitializeDeviceType(DeviceType.CUDA));
        Assert.Throws<ArgumentException>(() => device("gpu"));
        Assert.Throws<ArgumentException>(() => device("cuda:x"));
        Assert.Equal(DeviceType.META, empty(3, 4, device: META).device_type);
        Assert.Equal([1, 1], Values(ones(2).cpu()));
        Assert.Equal([1, 1], Values(ones(2).to("cpu")));
        Assert.Equal([1, 1], Values(ones(2).to(DeviceType.CPU)));
    }
}
