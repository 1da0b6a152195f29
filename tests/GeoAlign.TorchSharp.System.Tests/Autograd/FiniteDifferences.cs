using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Autograd;

/// <summary>Compares recorded gradients with central differences, in double.</summary>
internal static class FiniteDifferences
{
    // Step h: truncation error h²/6·f''' ~ 2e-13·f''', rounding error 1e-16·f/h ~ 1e-10·f.
    private const double Step = 1e-6;

    /// <summary>Checks d(Σ w·f(inputs))/d(input) for every element of every input, with fixed random weights w.</summary>
    public static void Check(Func<Tensor[], Tensor> function, Tensor[] inputs, double tolerance = 2e-8, string what = "gradient")
    {
        Tensor[] leaves = [.. inputs.Select(input => input.detach().clone().requires_grad_())];
        Tensor output = function(leaves);
        using Generator generator = new(99);
        Tensor weights = randn(output.shape, dtype: ScalarType.Float64, generator: generator);
        (output * weights).sum().backward();

        for (int i = 0; i < leaves.Length; i++)
        {
            double[] recorded = leaves[i].grad is Tensor grad ? Doubles(grad) : new double[leaves[i].numel()];
            double[] numeric = new double[recorded.Length];
            for (int k = 0; k < numeric.Length; k++) numeric[k] = (Shifted(i, k, Step) - Shifted(i, k, -Step)) / (2 * Step);
            Near.Equal(numeric, recorded, tolerance, tolerance, $"{what}, input {i}");
        }

        double Shifted(int input, int element, double step)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable quiet = no_grad();
            Tensor[] moved = [.. leaves.Select(leaf => leaf.detach().clone())];
            moved[input].view(-1).data<double>()[element] += step;
            return (function(moved) * weights).sum().ToDouble();
        }
    }

    private static double[] Doubles(Tensor tensor) => tensor.contiguous().data<double>().ToArray();
}
