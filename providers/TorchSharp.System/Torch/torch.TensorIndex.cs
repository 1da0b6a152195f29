namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an index expression: a number, a slice, an ellipsis, a new axis, a truth value or a tensor.</summary>
    public struct TensorIndex
    {
        internal enum IndexKind
        {
            Null,
            Bool,
            Single,
            Slice,
            Tensor,
            Ellipsis,
        }

        /// <summary>All dimensions that the other positions leave.</summary>
        public static TensorIndex Ellipsis = new() { Kind = IndexKind.Ellipsis };

        /// <summary>A new dimension of size 1.</summary>
        public static TensorIndex None = new() { Kind = IndexKind.Null };

        /// <summary>As <see cref="None"/>.</summary>
        public static TensorIndex Null = new() { Kind = IndexKind.Null };

        /// <summary>The whole dimension.</summary>
        public static TensorIndex Colon = new() { Kind = IndexKind.Slice };

        internal IndexKind Kind { get; private init; }

        internal long? Start { get; private init; }

        internal long? Stop { get; private init; }

        internal long? Step { get; private init; }

        internal bool Truth { get; private init; }

        internal torch.Tensor? Key { get; private init; }

        /// <summary>Dimensions of the indexed tensor that this position uses up; a mask uses its own number of dimensions.</summary>
        internal readonly long Consumes => Kind switch
        {
            IndexKind.Single or IndexKind.Slice => 1,
            IndexKind.Tensor => Key!.dtype is ScalarType.Bool or ScalarType.Byte ? Key.ndim : 1,
            _ => 0,
        };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) => Single(FromEnd(index));

        public static TensorIndex Bool(bool value) => new() { Kind = IndexKind.Bool, Truth = value };

        public static TensorIndex Single(long? index) => new()
        {
            Kind = IndexKind.Single,
            Start = index ?? throw new ArgumentNullException(nameof(index)),
        };

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { Kind = IndexKind.Slice, Start = start, Stop = stop, Step = step };

        public static TensorIndex Slice((int?, int?) range) => Slice(range.Item1, range.Item2);

        /// <summary>A slice from a range; ^n counts from the end and ^0 is the end.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            FromEnd(range.Start),
            range.End.IsFromEnd && range.End.Value == 0 ? null : FromEnd(range.End));

        public static TensorIndex Tensor(torch.Tensor tensor) => new() { Kind = IndexKind.Tensor, Key = tensor };

        private static long FromEnd(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }
}
