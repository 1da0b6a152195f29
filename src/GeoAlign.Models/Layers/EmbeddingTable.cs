using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>One row of numbers per index.</summary>
internal sealed class EmbeddingTable : nn.Module
{
    [ComponentName(Name = "weight")] private readonly Parameter _weight;

    private EmbeddingTable(Parameter weight) : base(nameof(EmbeddingTable))
    {
        _weight = weight;
        RegisterComponents();
    }

    /// <summary>A table in the type of matrix products.</summary>
    public static EmbeddingTable Frozen(ParameterFactory make, long rows, long width) => new(make.Frozen(rows, width));

    /// <summary>A table in full precision.</summary>
    public static EmbeddingTable Exact(ParameterFactory make, long rows, long width) => new(make.Exact(rows, width));

    /// <summary>Rows of a list of indices: <c>[count]</c> to <c>[count, width]</c>.</summary>
    public Tensor Rows(Tensor indices) => _weight.index_select(0, indices);
}
