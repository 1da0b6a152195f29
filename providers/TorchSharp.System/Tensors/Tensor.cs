using System.Globalization;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// An n-dimensional array of libtorch. It holds native memory that the garbage collector does not see: dispose it, or create
    /// it inside a dispose scope. The finaliser is only a safety net.
    /// </summary>
    public partial class Tensor : IDisposeScopeClient
    {
        private nint _handle;
        private DisposeScope? _scope;

        internal Tensor(nint handle)
        {
            if (handle == 0) throw new InvalidOperationException("libtorch gave an undefined tensor.");
            _handle = handle;
            DisposeScopeManager.Current.Register(this);
        }

        ~Tensor() => Dispose(false);

        DisposeScope? IDisposeScopeClient.OwningDisposeScope
        {
            get => _scope;
            set => _scope = value;
        }

        /// <summary>Whether the tensor has been disposed or its memory was taken over by another object.</summary>
        public bool IsInvalid => _handle == 0;

        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Tensor), "The tensor has been disposed.");

        public long ndim
        {
            get
            {
                long count = NativeError.Checked(Native.gat_tensor_ndim(Handle));
                GC.KeepAlive(this);
                return count;
            }
        }

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public ScalarType dtype
        {
            get
            {
                int type = NativeError.Checked(Native.gat_tensor_dtype(Handle));
                GC.KeepAlive(this);
                return (ScalarType)type;
            }
        }

        public Device device
        {
            get
            {
                DeviceType type = ReadDevice(out int index);
                return type == DeviceType.CPU ? CPU : new Device(type, index);
            }
        }

        public DeviceType device_type => ReadDevice(out _);

        public int device_index
        {
            get
            {
                ReadDevice(out int index);
                return index;
            }
        }

        /// <summary>Sizes of all dimensions, in a new array.</summary>
        public unsafe long[] shape
        {
            get
            {
                long[] sizes = new long[ndim];
                fixed (long* start = sizes) NativeError.Checked(Native.gat_tensor_layout(Handle, start, null));
                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long dim() => ndim;

        public long numel()
        {
            long count = NativeError.Checked(Native.gat_tensor_numel(Handle));
            GC.KeepAlive(this);
            return count;
        }

        public long element_size() => ElementTypes.SizeOf(dtype);

        public long[] size() => shape;

        public long size(int dim)
        {
            long[] sizes = shape;
            return sizes[Wrap(dim, sizes.Length)];
        }

        public unsafe long[] stride()
        {
            long[] steps = new long[ndim];
            long* sizes = stackalloc long[steps.Length];
            fixed (long* start = steps) NativeError.Checked(Native.gat_tensor_layout(Handle, sizes, start));
            GC.KeepAlive(this);
            return steps;
        }

        public long stride(int dim)
        {
            long[] steps = stride();
            return steps[Wrap(dim, steps.Length)];
        }

        public bool is_contiguous()
        {
            bool contiguous = NativeError.Checked(Native.gat_tensor_is_contiguous(Handle)) != 0;
            GC.KeepAlive(this);
            return contiguous;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"[{string.Join("x", shape)}], type = {dtype}, device = {device}");

        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            if (disposing) DisposeScopeManager.Forget(this);
            Native.gat_tensor_free(handle);
        }

        /// <summary>Takes the native tensor away from this object, which is invalid from then on.</summary>
        internal nint Surrender()
        {
            nint handle = Handle;
            _handle = 0;
            DisposeScopeManager.Forget(this);
            GC.SuppressFinalize(this);
            return handle;
        }

        private static int Wrap(int dim, int ndim)
        {
            int wrapped = dim < 0 ? dim + ndim : dim;
            return wrapped >= 0 && wrapped < ndim
                ? wrapped
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {ndim} dimensions.");
        }

        private unsafe DeviceType ReadDevice(out int index)
        {
            int number;
            DeviceType type = (DeviceType)NativeError.Checked(Native.gat_tensor_device(Handle, &number));
            GC.KeepAlive(this);
            index = number;
            return type;
        }
    }
}
