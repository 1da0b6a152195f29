using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>TorchSharp's entry class: tensors, functions and settings.</summary>
public static unsafe partial class torch
{
    /// <summary>Version of libtorch.</summary>
    public static string __version__ => Marshal.PtrToStringUTF8(Native.gat_version())!;

    /// <summary>The innermost dispose scope of this thread; null outside all scopes.</summary>
    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.Current.Innermost;

    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Current.Open();

    /// <summary>Runs the expression in a scope of its own and moves only its result out.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }

    /// <summary>Threads that one operator may use. Set it before heavy work; OPENBLAS_NUM_THREADS has to agree.</summary>
    public static int get_num_threads() => NativeError.Checked(Native.gat_threads());

    public static void set_num_threads(int num) => NativeError.Checked(Native.gat_set_threads(num));

    public static int get_num_interop_threads() => NativeError.Checked(Native.gat_interop_threads());

    public static void set_num_interop_threads(int num) => NativeError.Checked(Native.gat_set_interop_threads(num));

    public static ScalarType get_default_dtype() => (ScalarType)NativeError.Checked(Native.gat_default_dtype());

    public static void set_default_dtype(ScalarType dtype) => NativeError.Checked(Native.gat_set_default_dtype((int)dtype));

    public static bool are_deterministic_algorithms_enabled()
    {
        int warnOnly;
        return NativeError.Checked(Native.gat_deterministic(&warnOnly)) != 0;
    }

    /// <summary>Switches until the result is disposed.</summary>
    public static IDisposable use_deterministic_algorithms(bool mode = true, bool warn_only = false)
    {
        int warnedOnly;
        bool before = NativeError.Checked(Native.gat_deterministic(&warnedOnly)) != 0;
        NativeError.Checked(Native.gat_set_deterministic(mode ? 1 : 0, warn_only ? 1 : 0));
        int warned = warnedOnly;
        return new Restore(() => NativeError.Checked(Native.gat_set_deterministic(before ? 1 : 0, warned)));
    }

    public static bool cuda_is_available() => cuda.is_available();

    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType is DeviceType.CPU or DeviceType.META;

    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (!TryInitializeDeviceType(deviceType))
            throw new InvalidOperationException($"The distribution's libtorch has no device {deviceType}; only CPU and META are there.");
    }

    /// <summary>Devices of CUDA: none, for the distribution's libtorch is built without it.</summary>
    public static partial class cuda
    {
        public static bool is_available() => false;

        public static bool is_cudnn_available() => false;

        public static int device_count() => 0;

        /// <summary>Without CUDA there is nothing to seed, as in PyTorch.</summary>
        public static void manual_seed(long seed)
        {
        }

        /// <summary>Without CUDA there is nothing to seed, as in PyTorch.</summary>
        public static void manual_seed_all(long seed)
        {
        }

        public static void synchronize(Device? device = null) => InitializeDeviceType(DeviceType.CUDA);
    }

    private sealed class Restore(Action action) : IDisposable
    {
        private Action? _action = action;

        public void Dispose() => Interlocked.Exchange(ref _action, null)?.Invoke();
    }
}
