using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

public class BoundedAttentionTests
{
    [Theory]
    [InlineData(1)]             // one query of one element at a time
    [InlineData(2 * 11)]
    [InlineData(4 * 2 * 11)]    // four queries: seven are not a multiple
    [InlineData(7 * 2 * 11)]    // one element
    [InlineData(2 * 7 * 2 * 11)]
    [InlineData(long.MaxValue)]
    public void Pieces_of_any_size_give_the_plain_result(long mostScores)
    {
        using DisposeScope scope = NewDisposeScope();
        Generator random = new(7);
        Tensor query = randn([3, 7, 2, 5], generator: random), key = randn([3, 11, 2, 5], generator: random), value = randn([3, 11, 2, 5], generator: random);

        Tensor found = BoundedAttention.Apply(query, key, value, mostScores);

        Tensor scores = query.transpose(1, 2).matmul(key.transpose(1, 2).transpose(-2, -1)) / Math.Sqrt(5);
        Tensor plain = scores.softmax(-1).matmul(value.transpose(1, 2)).transpose(1, 2).reshape(3, 7, 10);
        Assert.Equal([3, 7, 10], found.shape);
        Near.Equal(RedirectorFixture.Values(plain), RedirectorFixture.Values(found), 1e-6);
    }

    [Fact]
    public void Pieces_give_the_plain_result_in_bfloat16_too()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor thirds = randn([2, 9, 3, 2, 4], generator: new Generator(8)).bfloat16();
        (Tensor query, Tensor key, Tensor value) = (thirds.select(2, 0), thirds.select(2, 1), thirds.select(2, 2));

        Tensor plain = BoundedAttention.Apply(query, key, value, long.MaxValue), pieces = BoundedAttention.Apply(query, key, value, 40);

        Assert.Equal(ScalarType.BFloat16, pieces.dtype);
        Near.Equal(RedirectorFixture.Values(plain), RedirectorFixture.Values(pieces), 0, 1.0 / 128);
    }

    [Fact]
    public async Task Memory_is_that_of_a_piece_however_many_tokens_there_are()
    {
        const long Tokens = 12_000;      // 144 million scores, 576 MB
        using DisposeScope scope = NewDisposeScope();
        Tensor x = randn([1, Tokens, 1, 4], generator: new Generator(9));
        long before = Environment.WorkingSet, most = before;

        Task<double> attention = Task.Run(() =>
        {
            using DisposeScope inner = NewDisposeScope();
            return BoundedAttention.Apply(x, x, x, 1 << 20).mean().ToDouble();
        });
        while (await Task.WhenAny(attention, Task.Delay(5)) != attention) most = Math.Max(most, Environment.WorkingSet);

        Assert.True(double.IsFinite(await attention));
        Assert.True(most - before < 100 << 20, $"{(most - before) >> 20} MiB");
    }
}
