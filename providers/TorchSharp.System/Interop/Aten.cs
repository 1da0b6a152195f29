using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>
/// Calls libtorch's operators by schema name ("add.Tensor" is the overload Tensor of aten::add). Arguments follow the schema's
/// order; trailing ones left out take its defaults. A failure in libtorch is an ExternalException.
/// </summary>
internal static unsafe class Aten
{
    private const int WordsOnStack = 256;

    private static readonly ConcurrentDictionary<string, nint> Found = new(StringComparer.Ordinal);

    /// <summary>Calls an operator with one tensor as its result.</summary>
    public static torch.Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out long count);
        return count == 1 ? Wrap(results[0]) : throw WrongCount(name, 1, count);
    }

    /// <summary>Calls an operator with two tensors as its result.</summary>
    public static (torch.Tensor, torch.Tensor) Call2(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out long count);
        return count == 2 ? (Wrap(results[0]), Wrap(results[1])) : throw WrongCount(name, 2, count);
    }

    /// <summary>Calls an operator with several results of which only the first is wanted.</summary>
    public static torch.Tensor CallFirst(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out long count);
        for (long i = 1; i < count; i++)
        {
            if (results[i].Pointer != 0) Native.gat_tensor_free(results[i].Pointer);
        }

        return Wrap(results[0]);
    }

    /// <summary>Calls an operator with any number of tensors as its result.</summary>
    public static torch.Tensor[] CallMany(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out long count);
        torch.Tensor[] tensors = new torch.Tensor[count];
        for (long i = 0; i < count; i++) tensors[i] = Wrap(results[i]);
        return tensors;
    }

    /// <summary>Calls an operator whose result is a truth value.</summary>
    public static bool Test(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out long count);
        return count == 1 ? results[0].Integer != 0 : throw WrongCount(name, 1, count);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that argument.</summary>
    public static torch.Tensor InPlace(string name, params ReadOnlySpan<Argument> arguments)
    {
        Invoke(name, arguments, out _, wantResults: false);
        return (torch.Tensor)arguments[0].Reference!;
    }

    private static torch.Tensor Wrap(NativeValue value) => new(value.Pointer);

    private static InvalidOperationException WrongCount(string name, int expected, long actual) =>
        new($"aten::{name} gave {actual} results, expected {expected}.");

    [SkipLocalsInit]
    private static NativeValue* Invoke(string name, ReadOnlySpan<Argument> arguments, out long count, bool wantResults = true)
    {
        nint operation = Found.TryGetValue(name, out nint known) ? known : Find(name);

        int words = 0;
        foreach (ref readonly Argument argument in arguments) words += WordsOf(argument);
        Span<long> heap = words > WordsOnStack ? new long[words] : default;
        Span<long> scratch = words > WordsOnStack ? heap : stackalloc long[WordsOnStack];
        Span<NativeValue> values = stackalloc NativeValue[arguments.Length];
        NativeValue* results = null;
        fixed (long* start = scratch)
        fixed (NativeValue* packed = values)
        {
            long* free = start;
            for (int i = 0; i < arguments.Length; i++) packed[i] = Pack(arguments[i], ref free);
            count = Native.gat_operator_call(operation, packed, arguments.Length, wantResults ? &results : null);
        }

        foreach (ref readonly Argument argument in arguments) GC.KeepAlive(argument.Reference);
        if (count < 0) throw NativeError.Last();
        return results;
    }

    private static nint Find(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        nint operation = Native.gat_operator_find(dot < 0 ? name : name[..dot], dot < 0 ? "" : name[(dot + 1)..]);
        if (operation == 0) throw NativeError.Last();
        return Found.GetOrAdd(name, operation);
    }

    private static int WordsOf(in Argument argument) => argument.Kind switch
    {
        ValueKind.Integers => ((long[])argument.Reference!).Length,
        ValueKind.Reals => ((double[])argument.Reference!).Length,
        ValueKind.Tensors => ((torch.Tensor?[])argument.Reference!).Length,
        ValueKind.Text => (Encoding.UTF8.GetMaxByteCount(((string)argument.Reference!).Length) + 7) / 8,
        _ => 0,
    };

    // Lists are copied into the scratch words, so nothing has to be pinned during the call.
    private static NativeValue Pack(in Argument argument, ref long* free)
    {
        NativeValue value = new() { Kind = argument.Kind, Integer = argument.Bits, Count = argument.Index };
        switch (argument.Kind)
        {
            case ValueKind.Tensor:
                value.Pointer = ((torch.Tensor)argument.Reference!).Handle;
                break;
            case ValueKind.Generator:
                value.Pointer = ((torch.Generator)argument.Reference!).Handle;
                break;
            case ValueKind.Integers:
                long[] integers = (long[])argument.Reference!;
                value.Pointer = (nint)free;
                value.Count = integers.Length;
                foreach (long integer in integers) *free++ = integer;
                break;
            case ValueKind.Reals:
                double[] reals = (double[])argument.Reference!;
                value.Pointer = (nint)free;
                value.Count = reals.Length;
                foreach (double real in reals) *free++ = BitConverter.DoubleToInt64Bits(real);
                break;
            case ValueKind.Tensors:
                torch.Tensor?[] tensors = (torch.Tensor?[])argument.Reference!;
                value.Pointer = (nint)free;
                value.Count = tensors.Length;
                foreach (torch.Tensor? tensor in tensors) *free++ = tensor is null ? 0 : tensor.Handle;
                break;
            case ValueKind.Text:
                string text = (string)argument.Reference!;
                int room = WordsOf(argument);
                value.Pointer = (nint)free;
                value.Count = Encoding.UTF8.GetBytes(text, new Span<byte>(free, room * sizeof(long)));
                free += room;
                break;
        }

        return value;
    }
}
