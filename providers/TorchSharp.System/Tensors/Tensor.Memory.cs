using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The memory of a contiguous CPU tensor. Valid only while the tensor is alive; setting copies into it.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_contiguous()) throw new InvalidOperationException("bytes needs a contiguous tensor; call contiguous() first.");
                return new Span<byte>((void*)DataPointer(), checked((int)(numel() * element_size())));
            }

            set
            {
                Span<byte> memory = bytes;
                if (value.Length != memory.Length) throw new ArgumentException($"{value.Length} bytes for a tensor of {memory.Length}.");
                value.CopyTo(memory);
            }
        }

        /// <summary>The elements, for reading and writing. <typeparamref name="T"/> has to be the exact type of the dtype.</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireElementType<T>();
            return new TensorAccessor<T>(this);
        }

        /// <summary>The only element. <typeparamref name="T"/> has to be the exact type of the dtype.</summary>
        public T item<T>() where T : unmanaged
        {
            if (numel() != 1) throw new InvalidOperationException($"item() needs a tensor of 1 element, this one has {numel()}.");
            RequireElementType<T>();
            if (device_type == DeviceType.CPU) return ReadFirst<T>();
            using Tensor local = cpu();
            return local.ReadFirst<T>();
        }

        public double ReadCpuDouble(long i) => data<double>()[i];

        public float ReadCpuSingle(long i) => data<float>()[i];

        public long ReadCpuInt64(long i) => data<long>()[i];

        /// <summary>Writes the tensor in TorchSharp's binary format.</summary>
        public void save(string location) => TensorExtensionMethods.Save(this, location);

        public static Tensor load(string location)
        {
            using BinaryReader reader = new(File.OpenRead(location));
            return TensorExtensionMethods.Load(reader);
        }

        public void WriteBytesToStream(Stream stream, int bufferSize = 1024) =>
            CopyInChunks((memory, length) => stream.Write(memory, 0, length), read: false);

        public void ReadBytesFromStream(Stream stream, int bufferSize = 1024) =>
            CopyInChunks((memory, length) => stream.ReadExactly(memory, 0, length), read: true);

        internal unsafe nint DataPointer()
        {
            int failed;
            nint data = Native.gat_tensor_data(Handle, &failed);
            GC.KeepAlive(this);
            NativeError.ThrowIf(failed != 0);
            return data;
        }

        private unsafe T ReadFirst<T>() where T : unmanaged
        {
            T value = *(T*)DataPointer();
            GC.KeepAlive(this);
            return value;
        }

        private void RequireElementType<T>() where T : unmanaged
        {
            if (ElementTypes.Of(typeof(T)) != dtype)
            {
                throw new ArgumentException(
                    $"A tensor of {dtype} has no elements of type {typeof(T).Name}; convert it with to(), or read it with ToSingle() and the like.");
            }
        }

        private unsafe void CopyInChunks(Action<byte[], int> move, bool read)
        {
            if (!is_contiguous()) throw new InvalidOperationException("Only a contiguous tensor is read and written as bytes.");
            byte[] chunk = new byte[1 << 20];
            byte* memory = (byte*)DataPointer();
            long total = numel() * element_size();
            for (long done = 0; done < total; done += chunk.Length)
            {
                int length = (int)Math.Min(chunk.Length, total - done);
                Span<byte> part = new(memory + done, length);
                if (!read) part.CopyTo(chunk);
                move(chunk, length);
                if (read) chunk.AsSpan(0, length).CopyTo(part);
            }

            GC.KeepAlive(this);
        }
    }
}
