using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(input.empty_like(dtype, device, requires_grad), names);

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(input.zeros_like(dtype, device, requires_grad), names);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Named(input.ones_like(dtype, device, requires_grad), names);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Named(input.full_like(value, dtype, device, requires_grad), names);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.rand_like(dtype, device, requires_grad);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        input.randn_like(dtype, device, requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Grown(Aten.Call("arange.start_step", start, stop, step, dtype, Argument.None, device ?? Where), requires_grad, null);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Grown(Aten.Call("arange.start", start, stop, dtype, Argument.None, device ?? Where), requires_grad, null);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Grown(Aten.Call("arange", stop, dtype, Argument.None, device ?? Where), requires_grad, null);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Grown(Aten.Call("linspace", start, end, steps, dtype, Argument.None, device ?? Where), requires_grad, null);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false) =>
        Grown(Aten.Call("logspace", start, end, steps, @base, dtype, Argument.None, device ?? Where), requires_grad, null);

    public static Tensor eye(
        long rows, long columns = -1, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        string[]? names = null) =>
        Grown(Aten.Call("eye.m", rows, columns < 0 ? rows : columns, dtype, Argument.None, device ?? Where), requires_grad, names);

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of an array of any rank, converted to <paramref name="dtype"/>.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        Type element = rawArray.GetType().GetElementType()!;
        return element == typeof(float) ? FromArray<float>()
            : element == typeof(double) ? FromArray<double>()
            : element == typeof(long) ? FromArray<long>()
            : element == typeof(int) ? FromArray<int>()
            : element == typeof(short) ? FromArray<short>()
            : element == typeof(byte) ? FromArray<byte>()
            : element == typeof(sbyte) ? FromArray<sbyte>()
            : element == typeof(bool) ? FromArray<bool>()
            : element == typeof(Half) ? FromArray<Half>()
            : element == typeof(BFloat16) ? FromArray<BFloat16>()
            : throw new NotSupportedException($"No tensor has elements of type {element}.");

        Tensor FromArray<T>() where T : unmanaged => FromMany<T>(rawArray, dtype, device, requires_grad, names);
    }

    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);

    public static Tensor complex(Tensor real, Tensor imag) => Aten.Call("complex", real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Aten.Call("polar", abs, angle);

    public static Tensor view_as_complex(Tensor input) => Aten.Call("view_as_complex", input);

    public static Tensor view_as_real(Tensor input) => Aten.Call("view_as_real", input);

    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        Grown(
            Aten.Call("normal.float_float", mean, std, size.ToArray(), generator, dtype, Argument.None, device ?? Where),
            requires_grad, names);

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        Aten.Call("normal.Tensor_Tensor", mean, std, generator);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) => Aten.Call("bernoulli", input, generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        Aten.Call("multinomial", input, num_samples, replacement, generator);

    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        Grown(
            Aten.Call("randint.low_generator", low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, device ?? Where),
            requires_grad, names);

    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0L, high, Array.ConvertAll(size, s => (long)s), dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint((long)low, high, Array.ConvertAll(size, s => (long)s), dtype, device, requires_grad, generator, names);

    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Grown(
            Aten.Call("randperm.generator", n, generator, dtype ?? ScalarType.Int64, Argument.None, device ?? Where),
            requires_grad, null);

    public static Device get_default_device() => Where;

    public static void set_default_device(Device device)
    {
        InitializeDeviceType(device.type);
        Where = device;
    }

    public static void set_default_device(string device) => set_default_device(new Device(device));

    private static Device Where { get; set; } = CPU;

    /// <summary>Converts, moves and marks a freshly made tensor.</summary>
    internal static Tensor Finished(Tensor created, ScalarType? dtype, Device? device, bool requires_grad, string[]? names)
    {
        device ??= Where;
        if ((dtype is ScalarType type && type != created.dtype) || device.type != DeviceType.CPU)
        {
            using Tensor raw = created;
            created = raw.to(dtype ?? raw.dtype, device);
        }

        return Grown(created, requires_grad, names);
    }

    internal static Tensor Grown(Tensor created, bool requires_grad, string[]? names) =>
        Named(requires_grad ? created.requires_grad_() : created, names);

    private static Tensor Named(Tensor created, string[]? names) => names is null
        ? created
        : throw new NotSupportedException("Named dimensions are not part of this subset of TorchSharp.");

    private static Tensor Sized(string name, long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Grown(Aten.Call(name, size, dtype, Argument.None, device ?? Where), requires_grad, names);

    private static Tensor Drawn(
        string name, long[] size, ScalarType? dtype, Device? device, bool requires_grad, Generator? generator, string[]? names) =>
        Grown(Aten.Call(name, size, generator, dtype, Argument.None, device ?? Where), requires_grad, names);

    private static Tensor Filled(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Grown(Aten.Call("full", size, value, dtype ?? get_default_dtype(), Argument.None, device ?? Where), requires_grad, names);

    private static Tensor FromOne<T>(T value, ScalarType? dtype, Device? device, bool requires_grad) where T : unmanaged =>
        Finished(ElementTypes.Copy<T>([value], []), dtype, device, requires_grad, null);

    private static Tensor FromMany<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) where T : unmanaged =>
        Finished(ElementTypes.Copy(values, shape), dtype, device, requires_grad, names);

    private static Tensor FromMany<T>(
        Array values, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged =>
        FromMany(ElementTypes.Flatten<T>(values), ElementTypes.Shape(values), dtype, device, requires_grad, names);

    private static Tensor FromList<T>(
        IList<T> values, ReadOnlySpan<long> shape, ScalarType? dtype, Device? device, bool requires_grad,
        string[]? names) where T : unmanaged =>
        FromMany<T>(values as T[] ?? [.. values], shape, dtype, device, requires_grad, names);
}
