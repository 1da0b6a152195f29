using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Switches of back ends. They can be set and read; without CUDA they change nothing.</summary>
    public static class backends
    {
        public static class cuda
        {
            public static class matmul
            {
                public static bool allow_tf32
                {
                    get => NativeError.Checked(Native.gat_precision_switch(0)) != 0;
                    set => NativeError.Checked(Native.gat_set_precision_switch(0, value ? 1 : 0));
                }

                public static bool allow_fp16_reduced_precision_reduction
                {
                    get => NativeError.Checked(Native.gat_precision_switch(1)) != 0;
                    set => NativeError.Checked(Native.gat_set_precision_switch(1, value ? 1 : 0));
                }
            }
        }

        public static class cudnn
        {
            public static bool allow_tf32
            {
                get => NativeError.Checked(Native.gat_precision_switch(2)) != 0;
                set => NativeError.Checked(Native.gat_set_precision_switch(2, value ? 1 : 0));
            }
        }
    }
}
