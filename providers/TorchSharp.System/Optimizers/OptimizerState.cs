using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers about one parameter.</summary>
public abstract class OptimizerState : IDisposable
{
    private readonly Parameter _parameter;

    private protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Whether step, moments and the like agree up to rounding.</summary>
    public abstract bool ApproximatelyEquals(OptimizerState other);

    public abstract void Initialize(OptimizerOptions options);

    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void LoadStateDict(OptimizerState source);

    public abstract void SaveStateDict(BinaryWriter writer);

    public abstract void to(Device device);

    public abstract void Dispose();

    /// <summary>A tensor of zeros like the parameter that outlives all scopes.</summary>
    private protected Tensor Zeros()
    {
        using IDisposable quiet = no_grad();
        return zeros_like(_parameter).DetachFromDisposeScope();
    }

    private protected static bool Close(Tensor? one, Tensor? other) =>
        one is null || other is null ? one is null && other is null : one.allclose(other);

    private protected static void Copy(Tensor? source, ref Tensor? target)
    {
        target?.Dispose();
        target = source?.detach().clone().DetachFromDisposeScope();
    }

    private protected static void Write(BinaryWriter writer, Tensor? tensor)
    {
        writer.Write(tensor is not null);
        tensor?.Save(writer);
    }

    private protected static void Read(BinaryReader reader, ref Tensor? target)
    {
        target?.Dispose();
        target = reader.ReadBoolean() ? TensorExtensionMethods.Load(reader).DetachFromDisposeScope() : null;
    }

    private protected static void Move(ref Tensor? tensor, Device device)
    {
        if (tensor is null || tensor.device.Equals(device)) return;
        Tensor moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        tensor = moved;
    }
}
