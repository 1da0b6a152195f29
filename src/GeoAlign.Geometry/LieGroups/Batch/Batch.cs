using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GeoAlign.Geometry;

/// <summary>Runs an operation over spans, block by block.</summary>
/// <remarks>
/// The last, incomplete block is padded on the stack and computed like the others: an element's result does not depend on its place in
/// the span. Nothing is allocated.
/// </remarks>
internal static class Batch
{
    private const int LargestBlock = 8;

    public static void Run<TOperation, TIn, TOut>(TOperation operation, ReadOnlySpan<TIn> source, Span<TOut> destination)
        where TOperation : struct, IBatchOperation<TIn, TOut>
        where TIn : unmanaged
        where TOut : unmanaged
    {
        CheckLength(source.Length, destination.Length);
        if (!TOperation.HasBlocks)
        {
            for (int i = 0; i < source.Length; i++) destination[i] = operation.One(source[i]);
            return;
        }

        ref TIn from = ref MemoryMarshal.GetReference(source);
        ref TOut to = ref MemoryMarshal.GetReference(destination);
        int whole = source.Length - source.Length % TOperation.BlockSize;
        for (int i = 0; i < whole; i += TOperation.BlockSize) operation.Block(ref Unsafe.Add(ref from, i), ref Unsafe.Add(ref to, i));
        if (whole == source.Length) return;

        Span<TIn> lastIn = stackalloc TIn[LargestBlock];
        Span<TOut> lastOut = stackalloc TOut[LargestBlock];
        lastIn.Clear();
        source[whole..].CopyTo(lastIn);
        operation.Block(ref lastIn[0], ref lastOut[0]);
        lastOut[..(source.Length - whole)].CopyTo(destination[whole..]);
    }

    public static void Run<TOperation, TLeft, TRight, TOut>(ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right, Span<TOut> destination)
        where TOperation : struct, IBatchOperation<TLeft, TRight, TOut>
        where TLeft : unmanaged
        where TRight : unmanaged
        where TOut : unmanaged
    {
        if (left.Length != right.Length) throw new ArgumentException($"{left.Length} left operands for {right.Length} right ones; expected as many.");
        CheckLength(left.Length, destination.Length);
        if (!TOperation.HasBlocks)
        {
            for (int i = 0; i < left.Length; i++) destination[i] = TOperation.One(left[i], right[i]);
            return;
        }

        ref TLeft a = ref MemoryMarshal.GetReference(left);
        ref TRight b = ref MemoryMarshal.GetReference(right);
        ref TOut to = ref MemoryMarshal.GetReference(destination);
        int whole = left.Length - left.Length % TOperation.BlockSize;
        for (int i = 0; i < whole; i += TOperation.BlockSize) TOperation.Block(ref Unsafe.Add(ref a, i), ref Unsafe.Add(ref b, i), ref Unsafe.Add(ref to, i));
        if (whole == left.Length) return;

        Span<TLeft> lastLeft = stackalloc TLeft[LargestBlock];
        Span<TRight> lastRight = stackalloc TRight[LargestBlock];
        Span<TOut> lastOut = stackalloc TOut[LargestBlock];
        lastLeft.Clear();
        lastRight.Clear();
        left[whole..].CopyTo(lastLeft);
        right[whole..].CopyTo(lastRight);
        TOperation.Block(ref lastLeft[0], ref lastRight[0], ref lastOut[0]);
        lastOut[..(left.Length - whole)].CopyTo(destination[whole..]);
    }

    private static void CheckLength(int source, int destination)
    {
        if (destination < source) throw new ArgumentException($"Room for {destination} results, expected {source}.");
    }
}
