using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Mirror of gat_value: one argument or result of an operator at the C border.</summary>
[StructLayout(LayoutKind.Explicit)]
internal struct NativeValue
{
    [FieldOffset(0)] public ValueKind Kind;
    [FieldOffset(4)] public int Count;
    [FieldOffset(8)] public long Integer;
    [FieldOffset(8)] public double Real;
    [FieldOffset(8)] public nint Pointer;
}
