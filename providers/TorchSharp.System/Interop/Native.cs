using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Entry points of libGeoAlignTorch; each is documented in native/*.cpp.</summary>
internal static unsafe partial class Native
{
    private const string Library = NativeLibraryLoader.Name;

    static Native() => NativeLibraryLoader.Register();

    [LibraryImport(Library)]
    public static partial nint gat_last_error(long* managedKey);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint gat_operator_find(string name, string overload);

    [LibraryImport(Library)]
    public static partial long gat_operator_call(nint operation, NativeValue* arguments, long count, NativeValue** results);

    [LibraryImport(Library)]
    public static partial void gat_tensor_free(nint tensor);

    [LibraryImport(Library)]
    public static partial nint gat_tensor_share(nint tensor);

    [LibraryImport(Library)]
    public static partial long gat_tensor_ndim(nint tensor);

    [LibraryImport(Library)]
    public static partial long gat_tensor_numel(nint tensor);

    [LibraryImport(Library)]
    public static partial int gat_tensor_layout(nint tensor, long* sizes, long* strides);

    [LibraryImport(Library)]
    public static partial int gat_tensor_dtype(nint tensor);

    [LibraryImport(Library)]
    public static partial int gat_tensor_device(nint tensor, int* index);

    [LibraryImport(Library)]
    public static partial int gat_tensor_is_contiguous(nint tensor);

    [LibraryImport(Library)]
    public static partial nint gat_tensor_data(nint tensor, int* failed);

    [LibraryImport(Library)]
    public static partial nint gat_tensor_from_memory(void* data, long* sizes, long ndim, int dtype);

    [LibraryImport(Library)]
    public static partial int gat_grad_mode();

    [LibraryImport(Library)]
    public static partial int gat_set_grad_mode(int enabled);

    [LibraryImport(Library)]
    public static partial nint gat_inference_mode_enter(int enabled);

    [LibraryImport(Library)]
    public static partial int gat_inference_mode_leave(nint guard);

    [LibraryImport(Library)]
    public static partial int gat_anomaly_mode(int* checkNan);

    [LibraryImport(Library)]
    public static partial int gat_set_anomaly_mode(int enabled, int checkNan);

    [LibraryImport(Library)]
    public static partial int gat_tensor_requires_grad(nint tensor);

    [LibraryImport(Library)]
    public static partial int gat_tensor_set_requires_grad(nint tensor, int requiresGrad);

    [LibraryImport(Library)]
    public static partial int gat_tensor_is_leaf(nint tensor);

    [LibraryImport(Library)]
    public static partial int gat_tensor_grad(nint tensor, nint* grad);

    [LibraryImport(Library)]
    public static partial int gat_tensor_set_grad(nint tensor, nint grad);

    [LibraryImport(Library)]
    public static partial int gat_backward(
        nint* tensors, long count, nint* gradients, int retainGraph, int createGraph, nint* inputs, long inputCount);

    [LibraryImport(Library)]
    public static partial int gat_grad(
        nint* outputs, long count, nint* gradients, nint* inputs, long inputCount, int retainGraph, int createGraph,
        int allowUnused, nint* results);

    [LibraryImport(Library)]
    public static partial int gat_function_is_recorded(nint* inputs, long count);

    [LibraryImport(Library)]
    public static partial int gat_function_record(
        nint state, delegate* unmanaged<nint, nint*, long, nint*, long, nint*, long, long> backward,
        delegate* unmanaged<nint, void> release, int materialize, nint* inputs, long inputCount, nint* outputs, byte* recorded,
        long outputCount, nint* saved, long savedCount, nint* results);

    [LibraryImport(Library)]
    public static partial int gat_memory_empty_cache();

    [LibraryImport(Library)]
    public static partial long gat_memory_cache_limit();

    [LibraryImport(Library)]
    public static partial int gat_memory_set_cache_limit(long bytes);

    [LibraryImport(Library)]
    public static partial int gat_memory_reset_peak();

    [LibraryImport(Library)]
    public static partial int gat_memory_counters(long* seven);

    [LibraryImport(Library)]
    public static partial nint gat_version();

    [LibraryImport(Library)]
    public static partial int gat_threads();

    [LibraryImport(Library)]
    public static partial int gat_set_threads(int count);

    [LibraryImport(Library)]
    public static partial int gat_interop_threads();

    [LibraryImport(Library)]
    public static partial int gat_set_interop_threads(int count);

    [LibraryImport(Library)]
    public static partial int gat_default_dtype();

    [LibraryImport(Library)]
    public static partial int gat_set_default_dtype(int dtype);

    [LibraryImport(Library)]
    public static partial int gat_deterministic(int* warnOnly);

    [LibraryImport(Library)]
    public static partial int gat_set_deterministic(int enabled, int warnOnly);

    [LibraryImport(Library)]
    public static partial int gat_precision_switch(int which);

    [LibraryImport(Library)]
    public static partial int gat_set_precision_switch(int which, int allowed);

    [LibraryImport(Library)]
    public static partial nint gat_generator_default();

    [LibraryImport(Library)]
    public static partial nint gat_generator_new(ulong seed);

    [LibraryImport(Library)]
    public static partial void gat_generator_free(nint generator);

    [LibraryImport(Library)]
    public static partial int gat_generator_set_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    public static partial int gat_generator_reseed(nint generator, ulong* seed);

    [LibraryImport(Library)]
    public static partial int gat_generator_seed(nint generator, ulong* seed);

    [LibraryImport(Library)]
    public static partial nint gat_generator_state(nint generator);

    [LibraryImport(Library)]
    public static partial int gat_generator_set_state(nint generator, nint state);
}
