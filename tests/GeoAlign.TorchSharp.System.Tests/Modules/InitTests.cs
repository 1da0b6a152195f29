using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Modules;

public class InitTests : TorchFacts
{
    [Fact]
    public void Constants()
    {
        Tensor x = empty(2, 2, requires_grad: true);

        Assert.Equal([0, 0, 0, 0], Values(nn.init.zeros_(x)));
        Assert.Equal([1, 1, 1, 1], Values(nn.init.ones_(x)));
        Assert.Equal([0.5, 0.5, 0.5, 0.5], Values(nn.init.constant_(x, 0.5)));
        Assert.Equal([1, 0, 0, 1], Values(nn.init.eye_(x)));
        Assert.Same(x, nn.init.normal_(x));
        Assert.True(x.is_leaf);
    }

    [Fact]
    public void Spreads_follow_the_fans()
    {
        Tensor w = empty(300, 200, dtype: ScalarType.Float64);
        using Generator g = new(3);
        manual_seed(3);
        const double FiveErrors = 5 * 0.0058;   // relative error of a variance from 60,000 numbers: √(2/60000)

        Assert.InRange(nn.init.normal_(w, 1, 2, g).var().ToDouble(), 4 * (1 - FiveErrors), 4 * (1 + FiveErrors));
        Assert.InRange(nn.init.uniform_(w, -1, 1, g).var().ToDouble(), (1 - FiveErrors) / 3, (1 + FiveErrors) / 3);
        Assert.InRange(
            nn.init.kaiming_normal_(w, nonlinearity: nn.init.NonlinearityType.ReLU).var().ToDouble(), 0.01 * (1 - FiveErrors),
            0.01 * (1 + FiveErrors));
        Assert.InRange(nn.init.kaiming_uniform_(w, a: Math.Sqrt(5)).abs().max().ToDouble(), 0.99 / Math.Sqrt(200), 1 / Math.Sqrt(200));
        Assert.InRange(
            nn.init.kaiming_uniform_(w, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.Linear).abs().max().ToDouble(),
            0.0999, 0.1);
        Assert.InRange(nn.init.xavier_normal_(w).var().ToDouble(), 0.004 * (1 - FiveErrors), 0.004 * (1 + FiveErrors));
        double bound = Math.Sqrt(6.0 / 500);
        Assert.InRange(nn.init.xavier_uniform_(w).abs().max().ToDouble(), 0.999 * bound, bound);
        Assert.InRange(nn.init.xavier_uniform_(w, gain: 2).abs().max().ToDouble(), 1.999 * bound, 2 * bound);
    }

    [Fact]
    public void Convolution_fan_counts_the_kernel()
    {
        Tensor w = empty(50, 20, 2, 5, dtype: ScalarType.Float64);

        Assert.InRange(nn.init.kaiming_uniform_(w, a: Math.Sqrt(5)).abs().max().ToDouble(), 0.99 / Math.Sqrt(200), 1 / Math.Sqrt(200));
        Assert.Throws<ArgumentException>(() => nn.init.xavier_normal_(empty(3)));
    }

    [Fact]
    public void Truncated_normal_stays_inside_and_has_the_right_spread()
    {
        Tensor x = empty(100_000, dtype: ScalarType.Float64);
        using Generator g = new(5);

        nn.init.trunc_normal_(x, mean: 1, std: 2, a: -1, b: 3, generator: g);

        Assert.True(x.min().ToDouble() >= -1 && x.max().ToDouble() <= 3);
        // Cut at ±1σ: variance σ²(1 − 2 φ(1)/(2Φ(1) − 1)) = 0.29112 σ² (Johnson, Kotz, Balakrishnan 1994, 13.10.1).
        Assert.InRange(x.mean().ToDouble(), 1 - 0.02, 1 + 0.02);
        Assert.InRange(x.var().ToDouble(), 4 * 0.29112 * 0.98, 4 * 0.29112 * 1.02);
    }
}
