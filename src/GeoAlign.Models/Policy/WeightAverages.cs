using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Exponential moving averages of weights, in float32 on the weights' device; they start as the weights are.</summary>
internal sealed class WeightAverages : IDisposable
{
    private readonly List<(string Name, Parameter Weight, Tensor Average)> _all;
    private readonly List<Tensor> _trained = [];

    public WeightAverages(IEnumerable<(string Name, Parameter Weight)> weights)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        _all = [.. weights.Select(w => (w.Name, w.Weight, w.Weight.detach().to(ScalarType.Float32, copy: true).DetachFromDisposeScope()))];
    }

    /// <summary>Whether the network works with the averages now.</summary>
    public bool InUse => _trained.Count > 0;

    /// <summary>Keys and shapes of a file of averages.</summary>
    public IEnumerable<(string Name, IReadOnlyList<long> Shape)> ExpectedKeys => _all.Select(a => (a.Name, (IReadOnlyList<long>)a.Average.shape));

    /// <summary><c>average ← average + (1 − decay)·(weight − average)</c>.</summary>
    public void Move(double decay)
    {
        using IDisposable noGradient = no_grad();
        using Scalar rest = 1 - decay;
        foreach ((_, Parameter weight, Tensor average) in _all)
        {
            using DisposeScope scope = NewDisposeScope();
            average.add_(weight.to(ScalarType.Float32) - average, rest);
        }
    }

    /// <summary>Lets the network work with the averages.</summary>
    public void PutIn()
    {
        using IDisposable noGradient = no_grad();
        foreach ((_, Parameter weight, Tensor average) in _all)
        {
            using DisposeScope scope = NewDisposeScope();
            _trained.Add(weight.detach().clone().DetachFromDisposeScope());
            weight.copy_(average);
        }
    }

    /// <summary>Puts the trained weights back as they were.</summary>
    public void TakeOut()
    {
        using IDisposable noGradient = no_grad();
        foreach (((_, Parameter weight, _), Tensor trained) in _all.Zip(_trained))
        {
            using DisposeScope scope = NewDisposeScope();
            weight.copy_(trained);
        }

        Forget();
    }

    /// <summary>The averages as tensors for a file, under the names of their weights.</summary>
    public IEnumerable<WeightToWrite> ToWrite() => _all.Select(a => ModuleWeights.ToWrite(a.Name, a.Average));

    /// <summary>Takes the averages from a file whose keys were checked.</summary>
    public void Read(IWeightSource source)
    {
        foreach ((string name, _, Tensor average) in _all) ModuleWeights.Copy(source, source.Entry(name), average);
    }

    /// <summary>Frees the averages.</summary>
    public void Dispose()
    {
        Forget();
        _all.ForEach(a => a.Average.Dispose());
    }

    private void Forget()
    {
        _trained.ForEach(t => t.Dispose());
        _trained.Clear();
    }
}
