using TorchSharp;

namespace GeoAlign.TorchSharp.System.Tests;

/// <summary>Base of all tests: one libtorch thread, and a dispose scope around each test.</summary>
public abstract class TorchFacts : IDisposable
{
    private readonly DisposeScope _scope;

    protected TorchFacts()
    {
        torch.set_num_threads(1);
        _scope = torch.NewDisposeScope();
    }

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Elements in row-major order, as doubles.</summary>
    protected static double[] Values(torch.Tensor tensor)
    {
        using torch.Tensor wide = tensor.detach().to(torch.ScalarType.Float64).contiguous();
        return wide.data<double>().ToArray();
    }

    /// <summary>Numbers from N(0, 1) in double, the same for the same seed and shape.</summary>
    protected static torch.Tensor Normal(int seed, params long[] shape)
    {
        using torch.Generator generator = new((ulong)seed);
        return torch.randn(shape, dtype: torch.ScalarType.Float64, generator: generator);
    }
}
