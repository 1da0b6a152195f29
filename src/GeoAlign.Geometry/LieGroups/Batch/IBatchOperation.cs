namespace GeoAlign.Geometry;

/// <summary>One element-wise operation in two forms: on a block of consecutive elements with vector registers, and on a single one without.</summary>
internal interface IBatchOperation<TIn, TOut>
    where TIn : unmanaged
    where TOut : unmanaged
{
    /// <summary>Whether this machine has the instructions <see cref="Block"/> is written in.</summary>
    static abstract bool HasBlocks { get; }

    /// <summary>Elements in a block.</summary>
    static abstract int BlockSize { get; }

    /// <summary>Computes <see cref="BlockSize"/> elements. Reads all of them before it writes the first.</summary>
    void Block(ref readonly TIn source, ref TOut destination);

    /// <summary>Computes one element.</summary>
    TOut One(in TIn source);
}

/// <summary>As <see cref="IBatchOperation{TIn, TOut}"/>, of two operands.</summary>
internal interface IBatchOperation<TLeft, TRight, TOut>
    where TLeft : unmanaged
    where TRight : unmanaged
    where TOut : unmanaged
{
    /// <summary>Whether this machine has the instructions <see cref="Block"/> is written in.</summary>
    static abstract bool HasBlocks { get; }

    /// <summary>Elements in a block.</summary>
    static abstract int BlockSize { get; }

    /// <summary>Computes <see cref="BlockSize"/> elements. Reads all of them before it writes the first.</summary>
    static abstract void Block(ref readonly TLeft left, ref readonly TRight right, ref TOut destination);

    /// <summary>Computes one element.</summary>
    static abstract TOut One(in TLeft left, in TRight right);
}
