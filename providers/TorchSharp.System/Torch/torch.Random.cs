using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    public static long initial_seed() => Generator.Default.initial_seed();

    public static long seed() => Generator.Default.seed();

    public static Tensor get_rng_state() => Generator.Default.get_state();

    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    /// <summary>The process's random numbers, under PyTorch's names.</summary>
    public static class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long initial_seed() => torch.initial_seed();

        public static long seed() => torch.seed();

        public static Tensor get_rng_state() => torch.get_rng_state();

        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }

    /// <summary>A stream of random numbers: Mersenne twister, the same numbers as PyTorch on CPU.</summary>
    public class Generator : IDisposable
    {
        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU) InitializeDeviceType(device.type);
            _handle = Native.gat_generator_new(seed);
            NativeError.ThrowIf(_handle == 0);
        }

        private Generator(nint handle)
        {
            NativeError.ThrowIf(handle == 0);
            _handle = handle;
        }

        ~Generator() => Dispose(false);

        public static Generator Default { get; } = new(Native.gat_generator_default());

        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Device device => CPU;

        public Tensor get_state()
        {
            nint state = Native.gat_generator_state(Handle);
            GC.KeepAlive(this);
            NativeError.ThrowIf(state == 0);
            return new Tensor(state);
        }

        public void set_state(Tensor value)
        {
            NativeError.Checked(Native.gat_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public Generator manual_seed(long seed)
        {
            NativeError.Checked(Native.gat_generator_set_seed(Handle, (ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        /// <summary>Seeds from the system's randomness and returns the seed.</summary>
        public long seed()
        {
            ulong drawn;
            NativeError.Checked(Native.gat_generator_reseed(Handle, &drawn));
            GC.KeepAlive(this);
            return (long)drawn;
        }

        public long initial_seed()
        {
            ulong current;
            NativeError.Checked(Native.gat_generator_seed(Handle, &current));
            GC.KeepAlive(this);
            return (long)current;
        }

        public void Dispose()
        {
            if (ReferenceEquals(this, Default)) return;
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0) Native.gat_generator_free(handle);
        }
    }
}
