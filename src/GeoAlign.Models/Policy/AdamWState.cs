using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>AdamW on one weight: running means of its gradient and squared gradient, in the weight's own (full) precision.</summary>
/// <remarks>
/// Loshchilov, Hutter 2019, algorithm 2, in the order of PyTorch: <c>w ← w(1 − lr·decay)</c>, <c>m ← β₁m + (1−β₁)g</c>,
/// <c>u ← β₂u + (1−β₂)g²</c>, <c>w ← w − lr/(1−β₁ᵗ) · m / (√u/√(1−β₂ᵗ) + ε)</c>.
/// </remarks>
internal sealed class AdamWState(string name, Parameter weight) : IDisposable
{
    private const string MeanSuffix = ".exp_avg", SquareSuffix = ".exp_avg_sq", StepSuffix = ".step";

    private Tensor? _mean, _square;
    private long _step;

    /// <summary>Key of the weight.</summary>
    public string Name { get; } = name;

    /// <summary>The weight.</summary>
    public Parameter Weight { get; } = weight;

    /// <summary>Applies one update. A weight without gradient stays as it is.</summary>
    public void Update(AdamWOptions options, double learningRate, double gradientScale)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        if (Weight.grad is not Tensor gradient) return;
        if (gradientScale != 1) gradient = gradient * gradientScale;
        (Tensor mean, Tensor square) = Moments();
        _step++;

        using Scalar keep = 1 - learningRate * options.WeightDecay;
        using Scalar beta1 = options.Beta1, rest1 = 1 - options.Beta1, beta2 = options.Beta2, rest2 = 1 - options.Beta2;
        using Scalar step = -learningRate / (1 - Math.Pow(options.Beta1, _step));
        Weight.mul_(keep);
        mean.mul_(beta1).add_(gradient, rest1);
        square.mul_(beta2).addcmul_(gradient, gradient, rest2);
        Tensor denominator = square.sqrt() / Math.Sqrt(1 - Math.Pow(options.Beta2, _step)) + options.Epsilon;
        Weight.addcdiv_(mean, denominator, step);
    }

    /// <summary>The state as tensors for a file; a weight that was never updated has a step of 0 and no means.</summary>
    public IEnumerable<WeightToWrite> ToWrite()
    {
        long step = _step;
        yield return new WeightToWrite(Name + StepSuffix, WeightType.I64, [], stream => stream.Write(BitConverter.GetBytes(step)));
        if (_mean is not null && _square is not null)
        {
            yield return ModuleWeights.ToWrite(Name + MeanSuffix, _mean);
            yield return ModuleWeights.ToWrite(Name + SquareSuffix, _square);
        }
    }

    /// <summary>Keys and shapes that a file must have for this weight.</summary>
    public IEnumerable<(string Name, IReadOnlyList<long> Shape)> ExpectedKeys(IWeightSource source)
    {
        yield return (Name + StepSuffix, []);
        if (source.Entries.ContainsKey(Name + StepSuffix) && ReadStep(source) == 0) yield break;
        yield return (Name + MeanSuffix, Weight.shape);
        yield return (Name + SquareSuffix, Weight.shape);
    }

    /// <summary>Takes the state from a file whose keys were checked.</summary>
    public void Read(IWeightSource source)
    {
        _step = ReadStep(source);
        Forget();
        if (_step == 0) return;
        (Tensor mean, Tensor square) = Moments();
        ModuleWeights.Copy(source, source.Entry(Name + MeanSuffix), mean);
        ModuleWeights.Copy(source, source.Entry(Name + SquareSuffix), square);
    }

    /// <summary>Frees the means.</summary>
    public void Dispose() => Forget();

    private (Tensor Mean, Tensor Square) Moments()
    {
        _mean ??= Weight.detach().zeros_like().DetachFromDisposeScope();
        _square ??= Weight.detach().zeros_like().DetachFromDisposeScope();
        return (_mean, _square);
    }

    private void Forget()
    {
        _mean?.Dispose();
        _square?.Dispose();
        (_mean, _square) = (null, null);
    }

    private long ReadStep(IWeightSource source)
    {
        WeightEntry entry = source.Entry(Name + StepSuffix);
        byte[] bytes = new byte[sizeof(long)];
        if (entry.Type != WeightType.I64 || entry.ByteLength != bytes.Length)
            throw new WeightFormatException(source.Path, entry.Name, $"found {entry}, expected one I64");
        source.ReadBytes(entry.Name, 0, bytes);
        long step = BitConverter.ToInt64(bytes);
        return step >= 0 ? step : throw new WeightFormatException(source.Path, entry.Name, $"found {step}, expected a count");
    }
}
