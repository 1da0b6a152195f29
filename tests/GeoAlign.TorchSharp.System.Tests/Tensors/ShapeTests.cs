using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Tensors;

/// <summary>Each change of shape against the numbers of arange: 0..5 as [2, 3], 0..23 as [2, 3, 4].</summary>
public class ShapeTests : TorchFacts
{
    private static Tensor A => arange(6).view(2, 3);

    private static Tensor B => arange(24).view(2, 3, 4);

    private static readonly Dictionary<string, (Func<Tensor> Torch, long[] Shape, double[] Expected)> Changes = new()
    {
        ["view"] = (() => A.view(3, -1), [3, 2], [0, 1, 2, 3, 4, 5]),
        ["view_as"] = (() => A.view_as(zeros(3, 2)), [3, 2], [0, 1, 2, 3, 4, 5]),
        ["reshape"] = (() => A.t().reshape(6), [6], [0, 3, 1, 4, 2, 5]),
        ["flatten"] = (() => B.flatten(1)[1, ..3], [3], [12, 13, 14]),
        ["flatten middle"] = (() => flatten(zeros(2, 3, 4, 5), 1, 2), [2, 12, 5], []),
        ["unflatten"] = (() => A.unflatten(1, 3, 1), [2, 3, 1], [0, 1, 2, 3, 4, 5]),
        ["permute"] = (() => B.permute(2, 0, 1)[1], [2, 3], [1, 5, 9, 13, 17, 21]),
        ["transpose"] = (() => A.transpose(0, 1), [3, 2], [0, 3, 1, 4, 2, 5]),
        ["transpose_"] = (() => A.clone().transpose_(0, 1), [3, 2], [0, 3, 1, 4, 2, 5]),
        ["swapaxes"] = (() => A.swapaxes(0, 1), [3, 2], [0, 3, 1, 4, 2, 5]),
        ["t"] = (() => A.t(), [3, 2], [0, 3, 1, 4, 2, 5]),
        ["movedim"] = (() => B.movedim([2], [0])[1], [2, 3], [1, 5, 9, 13, 17, 21]),
        ["squeeze"] = (() => zeros(1, 2, 1).squeeze(), [2], [0, 0]),
        ["squeeze one"] = (() => zeros(1, 2, 1).squeeze(0), [2, 1], [0, 0]),
        ["unsqueeze"] = (() => A.unsqueeze(-1), [2, 3, 1], [0, 1, 2, 3, 4, 5]),
        ["expand"] = (() => arange(3).expand(2, 3), [2, 3], [0, 1, 2, 0, 1, 2]),
        ["expand with -1"] = (() => arange(2).unsqueeze(1).expand(-1, 2), [2, 2], [0, 0, 1, 1]),
        ["expand_as"] = (() => arange(3).expand_as(A), [2, 3], [0, 1, 2, 0, 1, 2]),
        ["broadcast_to"] = (() => broadcast_to(arange(3), 2, 3), [2, 3], [0, 1, 2, 0, 1, 2]),
        ["repeat"] = (() => arange(2).repeat(2, 2), [2, 4], [0, 1, 0, 1, 0, 1, 0, 1]),
        ["repeat_interleave"] = (() => arange(3).repeat_interleave(2), [6], [0, 0, 1, 1, 2, 2]),
        ["repeat_interleave along"] = (() => A.repeat_interleave(2, dim: 0), [4, 3], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]),
        ["repeat_interleave by counts"] = (() => arange(3).repeat_interleave(tensor([1L, 0, 2])), [3], [0, 2, 2]),
        ["tile"] = (() => arange(2).tile([2]), [4], [0, 1, 0, 1]),
        ["flip"] = (() => A.flip(0, 1), [2, 3], [5, 4, 3, 2, 1, 0]),
        ["roll"] = (() => arange(4).roll(1), [4], [3, 0, 1, 2]),
        ["roll along"] = (() => A.roll(1, 1), [2, 3], [2, 0, 1, 5, 3, 4]),
        ["roll both"] = (() => A.roll((1, 1), (0, 1)), [2, 3], [5, 3, 4, 2, 0, 1]),
        ["roll by lists"] = (() => roll(A, new long[] { -1 }, new long[] { 1 }), [2, 3], [1, 2, 0, 4, 5, 3]),
        ["cat"] = (() => cat([A, A], 1), [2, 6], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]),
        ["cat of a list"] = (() => cat(new List<Tensor> { A, A }, dim: 0), [4, 3], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]),
        ["concat"] = (() => concat([A, A], dim: 0), [4, 3], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]),
        ["stack"] = (() => stack([arange(2), arange(2) + 5], -1), [2, 2], [0, 5, 1, 6]),
        ["hstack"] = (() => hstack([arange(2), arange(1)]), [3], [0, 1, 0]),
        ["vstack"] = (() => vstack([arange(2), arange(2)]), [2, 2], [0, 1, 0, 1]),
        ["chunk"] = (() => arange(5).chunk(2)[1], [2], [3, 4]),
        ["split by size"] = (() => arange(5).split(2)[2], [1], [4]),
        ["split by sizes"] = (() => arange(5).split([1, 4])[1], [4], [1, 2, 3, 4]),
        ["split along"] = (() => A.split([1, 2], dim: 1)[1], [2, 2], [1, 2, 4, 5]),
        ["torch.split"] = (() => split(A, [2, 1], dim: 1)[1], [2, 1], [2, 5]),
        ["tensor_split"] = (() => arange(5).tensor_split(2)[0], [3], [0, 1, 2]),
        ["tensor_split at"] = (() => arange(5).tensor_split([1, 3])[1], [2], [1, 2]),
        ["unbind"] = (() => A.unbind(1)[2], [2], [2, 5]),
        ["narrow"] = (() => A.narrow(1, 1, 2), [2, 2], [1, 2, 4, 5]),
        ["slice"] = (() => arange(10).slice(0, 1, 8, 3), [3], [1, 4, 7]),
        ["select"] = (() => A.select(1, -1), [2], [2, 5]),
        ["unfold"] = (() => arange(5).unfold(0, 3, 2), [2, 3], [0, 1, 2, 2, 3, 4]),
        ["as_strided"] = (() => arange(6).as_strided([2, 2], [1, 2], 1), [2, 2], [1, 3, 2, 4]),
        ["index_select"] = (() => A.index_select(1, tensor([2L, 0])), [2, 2], [2, 0, 5, 3]),
        ["gather"] = (() => A.gather(1, tensor([2L, 0], [2, 1])), [2, 1], [2, 3]),
        ["take_along_dim"] = (() => A.take_along_dim(tensor([2L, 0], [2, 1]), 1), [2, 1], [2, 3]),
        ["scatter"] = (() => zeros(2, 3).scatter(1, tensor([2L, 0], [2, 1]), ones(2, 1)), [2, 3], [0, 0, 1, 1, 0, 0]),
        ["scatter_add"] = (() => ones(3).scatter_add(0, tensor([1L, 1]), tensor([2f, 3f])), [3], [1, 6, 1]),
        ["index_add_"] = (() => zeros(3).index_add_(0, tensor([1L, 1]), tensor([2f, 3f]), 2), [3], [0, 10, 0]),
        ["index_copy_"] = (() => zeros(3).index_copy_(0, tensor([2L, 0]), tensor([2f, 3f])), [3], [3, 0, 2]),
        ["masked_select"] = (() => A.masked_select(A.gt(3)), [2], [4, 5]),
        ["nonzero"] = (() => A.gt(3).nonzero(), [2, 2], [1, 1, 1, 2]),
        ["where indices"] = (() => where(A.gt(3))[1], [2], [1, 2]),
        ["tril"] = (() => ones(2, 3).tril(), [2, 3], [1, 0, 0, 1, 1, 0]),
        ["triu"] = (() => ones(2, 3).triu(1), [2, 3], [0, 1, 1, 0, 0, 1]),
        ["diag"] = (() => diag(tensor([1.0, 2]), 1), [3, 3], [0, 1, 0, 0, 0, 2, 0, 0, 0]),
        ["meshgrid"] = (() => meshgrid([arange(2), arange(3)])[0], [2, 3], [0, 0, 0, 1, 1, 1]),
        ["meshgrid xy"] = (() => meshgrid([arange(2), arange(3)], indexing: "xy")[0], [3, 2], [0, 1, 0, 1, 0, 1]),
        ["broadcast_tensors"] = (() => broadcast_tensors(arange(2), zeros(2, 1))[0], [2, 2], [0, 1, 0, 1]),
    };

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Moves_the_numbers_where_they_belong(string name)
    {
        (Func<Tensor> change, long[] shape, double[] expected) = Changes[name];

        Tensor changed = change();

        Assert.Equal(shape, changed.shape);
        if (expected.Length > 0) Assert.Equal(expected, Values(changed));
    }

    [Fact]
    public void Sizes_and_strides_are_told()
    {
        Tensor x = B.transpose(0, 2);

        Assert.Equal([4, 3, 2], x.shape);
        Assert.Equal([4, 3, 2], x.size());
        Assert.Equal(2, x.size(-1));
        Assert.Equal([1, 4, 12], x.stride());
        Assert.Equal(4, x.stride(1));
        Assert.Equal(3, x.ndim);
        Assert.Equal(3, x.dim());
        Assert.Equal(24, x.numel());
        Assert.Equal(24, x.NumberOfElements);
        Assert.Equal(8, x.element_size());
        Assert.False(x.is_contiguous());
        Assert.True(x.contiguous().is_contiguous());
        Assert.Throws<ArgumentOutOfRangeException>(() => x.size(3));
    }

    [Fact]
    public void Views_share_memory_and_clones_do_not()
    {
        Tensor x = zeros(4);
        Tensor view = x.view(2, 2);
        Tensor copy = x.clone();

        view.add_(1);

        Assert.Equal([1, 1, 1, 1], Values(x));
        Assert.Equal([0, 0, 0, 0], Values(copy));
    }
}
