namespace GeoAlign.Models;

/// <summary>The only names a pickle may refer to. None of them is run: each stands for a value that the reader builds by itself.</summary>
internal abstract record PickleGlobal
{
    /// <summary><c>collections.OrderedDict</c>.</summary>
    public sealed record OrderedDictionary : PickleGlobal;

    /// <summary><c>torch._utils._rebuild_tensor_v2</c>: storage, offset, shape, strides and three things without meaning here.</summary>
    public sealed record RebuildTensor : PickleGlobal;

    /// <summary><c>torch._utils._rebuild_parameter</c>: a tensor that is trained.</summary>
    public sealed record RebuildParameter : PickleGlobal;

    /// <summary><c>torch.FloatStorage</c> and its kin: an element type.</summary>
    public sealed record StorageType(WeightType Element) : PickleGlobal;

    /// <summary>The global of that name, or null for every other name in the world.</summary>
    public static PickleGlobal? Find(string module, string name) => (module, name) switch
    {
        ("collections", "OrderedDict") => new OrderedDictionary(),
        ("torch._utils", "_rebuild_tensor_v2") => new RebuildTensor(),
        ("torch._utils", "_rebuild_parameter") => new RebuildParameter(),
        ("torch", "DoubleStorage") => new StorageType(WeightType.F64),
        ("torch", "FloatStorage") => new StorageType(WeightType.F32),
        ("torch", "HalfStorage") => new StorageType(WeightType.F16),
        ("torch", "BFloat16Storage") => new StorageType(WeightType.BF16),
        ("torch", "LongStorage") => new StorageType(WeightType.I64),
        ("torch", "IntStorage") => new StorageType(WeightType.I32),
        ("torch", "ShortStorage") => new StorageType(WeightType.I16),
        ("torch", "CharStorage") => new StorageType(WeightType.I8),
        ("torch", "ByteStorage") => new StorageType(WeightType.U8),
        ("torch", "BoolStorage") => new StorageType(WeightType.Bool),
        _ => null,
    };
}
