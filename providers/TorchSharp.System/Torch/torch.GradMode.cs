using TorchSharp.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static bool is_grad_enabled() => NativeError.Checked(Native.gat_grad_mode()) != 0;

    /// <summary>Stops recording on this thread until the result is disposed, on the same thread.</summary>
    public static IDisposable no_grad() => set_grad_enabled(false);

    public static IDisposable enable_grad(bool enabled = true) => set_grad_enabled(enabled);

    public static IDisposable set_grad_enabled(bool mode = true)
    {
        int before = NativeError.Checked(Native.gat_grad_mode());
        NativeError.Checked(Native.gat_set_grad_mode(mode ? 1 : 0));
        return new Restore(() => NativeError.Checked(Native.gat_set_grad_mode(before)));
    }

    public static IDisposable inference_mode(bool mode = true)
    {
        nint guard = Native.gat_inference_mode_enter(mode ? 1 : 0);
        NativeError.ThrowIf(guard == 0);
        return new Restore(() => NativeError.Checked(Native.gat_inference_mode_leave(guard)));
    }
}
