using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

/// <summary>Index expressions on 0..23 as [2, 3, 4]: element (i, j, k) is 12 i + 4 j + k.</summary>
public class IndexingTests : TorchFacts
{
    private static Tensor B => arange(24).view(2, 3, 4);

    private static TensorIndex At(params long[] places) => TensorIndex.Tensor(tensor(places));

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Index, long[] Shape, double[] Expected)> Reads = new()
    {
        ["[1]"] = (x => x[1], [3, 4], [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]),
        ["[1, 2]"] = (x => x[1, 2], [4], [20, 21, 22, 23]),
        ["[1, -1, -2]"] = (x => x[1, -1, -2], [], [22]),
        ["[.., 1]"] = (x => x[.., 1], [2, 4], [4, 5, 6, 7, 16, 17, 18, 19]),
        ["[..., 0]"] = (x => x[TensorIndex.Ellipsis, 0], [2, 3], [0, 4, 8, 12, 16, 20]),
        ["[0, ..., 1:3]"] = (x => x[0, TensorIndex.Ellipsis, TensorIndex.Slice(1, 3)], [3, 2], [1, 2, 5, 6, 9, 10]),
        ["[..., None]"] = (x => x[1, 2, TensorIndex.Ellipsis, TensorIndex.None], [4, 1], [20, 21, 22, 23]),
        ["[None, 0, 0]"] = (x => x[TensorIndex.None, 0, 0], [1, 4], [0, 1, 2, 3]),
        ["[0, None, 0]"] = (x => x[0, TensorIndex.Null, 0], [1, 4], [0, 1, 2, 3]),
        ["[:, 1:, ::2]"] = (x => x[TensorIndex.Colon, 1.., TensorIndex.Slice(step: 2)], [2, 2, 2], [4, 6, 8, 10, 16, 18, 20, 22]),
        ["[^1, ..^1, 2..]"] = (x => x[^1, ..^1, 2..], [2, 2], [14, 15, 18, 19]),
        ["[0, 0, -3:-1]"] = (x => x[0, 0, TensorIndex.Slice(-3, -1)], [2], [1, 2]),
        ["[0, 0, ^3..^1]"] = (x => x[0, 0, ^3..^1], [2], [1, 2]),
        ["[0, 0, (1, null)]"] = (x => x[0, 0, (1, (int?)null)], [3], [1, 2, 3]),
        ["[tensor]"] = (x => x[tensor([1L, 0])][.., 0, 0], [2], [12, 0]),
        ["[:, tensor]"] = (x => x[.., At(2, 0), 1], [2, 2], [9, 1, 21, 13]),
        ["[tensor, tensor]"] = (x => x[tensor([0L, 1]), tensor([2L, 0])], [2, 4], [8, 9, 10, 11, 12, 13, 14, 15]),
        ["[0, tensor, tensor]"] = (x => x[0, At(2, 0), At(3, 1)], [2], [11, 1]),
        ["[tensor, :, tensor] puts the index axis first"] = (x => x[At(1, 0), .., At(3, 1)], [2, 3], [15, 19, 23, 1, 5, 9]),
        ["[..., tensor]"] = (x => x[TensorIndex.Ellipsis, At(3)], [2, 3, 1], [3, 7, 11, 15, 19, 23]),
        ["[mask]"] = (x => x[x > 20], [3], [21, 22, 23]),
        ["[0, mask of 2 dimensions]"] = (x => x[0, TensorIndex.Tensor(x[0] > 9)], [2], [10, 11]),
        ["[mask of 2 dimensions, tensor]"] = (x => x[TensorIndex.Tensor(x[TensorIndex.Ellipsis, 0] > 12), At(1, 2)], [2], [17, 22]),
        ["[:, mask of 1 dimension]"] = (x => x[.., TensorIndex.Tensor(tensor([true, false, true])), 0], [2, 2], [0, 8, 12, 20]),
        ["[true]"] = (x => x[TensorIndex.Bool(true), 0, 0], [1, 4], [0, 1, 2, 3]),
        ["[false]"] = (x => x[TensorIndex.Bool(false), 0, 0], [0, 4], []),
        ["index(longs)"] = (x => x.index([TensorIndex.Single(1), TensorIndex.Single(0)]), [4], [12, 13, 14, 15]),
        ["[long array]"] = (x => x[new long[] { 1, 0 }], [4], [12, 13, 14, 15]),
    };

    public static TheoryData<string> ReadNames => [.. Reads.Keys];

    [Theory, MemberData(nameof(ReadNames))]
    public void Reads_as_in_Python(string name)
    {
        (Func<Tensor, Tensor> index, long[] shape, double[] expected) = Reads[name];

        Tensor part = index(B);

        Assert.Equal(shape, part.shape);
        Assert.Equal(expected, Values(part));
    }

    private static readonly Dictionary<string, (Action<Tensor> Write, double[] Expected)> Writes = new()
    {
        ["[1, 0] = 7"] = (x => x[1, 0] = 7f, [0, 0, 0, 7, 0, 0]),
        ["[1] = row"] = (x => x[1] = tensor([1f, 2, 3]), [0, 0, 0, 1, 2, 3]),
        ["[.., 1] = column"] = (x => x[.., 1] = tensor([1f, 2]), [0, 1, 0, 0, 2, 0]),
        ["[..., 1:] = 5"] = (x => x[TensorIndex.Ellipsis, 1..] = 5f, [0, 5, 5, 0, 5, 5]),
        ["[mask] = 4"] = (x => x[x == 0] = 4f, [4, 4, 4, 4, 4, 4]),
        ["[tensor, tensor] = values"] = (x => x[tensor([0L, 1]), tensor([2L, 0])] = tensor([8f, 9]), [0, 0, 8, 9, 0, 0]),
        ["[.., tensor] = values"] = (x => x[.., TensorIndex.Tensor(tensor([2L, 0]))] = tensor([8f, 9]), [9, 0, 8, 9, 0, 8]),
        ["index_put_ with accumulation"] = (x => x.index_put_(tensor([1f, 2]), [tensor([0L, 0]), tensor([1L, 1])], accumulate: true), [0, 3, 0, 0, 0, 0]),
        ["index_put_ of a slice with accumulation"] = (x => x.fill_(1).index_put_(tensor(2f), [TensorIndex.Single(0)], accumulate: true), [3, 3, 3, 1, 1, 1]),
        ["index_put_ of a number"] = (x => x.index_put_(3, TensorIndex.Colon, TensorIndex.Single(0)), [3, 0, 0, 3, 0, 0]),
        ["double into float32"] = (x => x[0, 0] = 1.5, [1.5, 0, 0, 0, 0, 0]),
        ["masked_fill_"] = (x => x.masked_fill_(tensor([true, false, true]), 2), [2, 0, 2, 2, 0, 2]),
        ["scatter_"] = (x => x.scatter_(1, tensor([2L, 0], [2, 1]), ones(2, 1)), [0, 0, 1, 1, 0, 0]),
        ["scatter_add_"] = (x => x.scatter_add_(1, tensor([1L, 1], [1, 2]), ones(1, 2)), [0, 2, 0, 0, 0, 0]),
        ["copy_ converts"] = (x => x.copy_(arange(6).view(2, 3)), [0, 1, 2, 3, 4, 5]),
    };

    public static TheoryData<string> WriteNames => [.. Writes.Keys];

    [Theory, MemberData(nameof(WriteNames))]
    public void Writes_as_in_Python(string name)
    {
        Tensor x = zeros(2, 3);

        Writes[name].Write(x);

        Assert.Equal(Writes[name].Expected, Values(x));
    }
}
