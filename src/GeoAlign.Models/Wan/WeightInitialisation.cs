using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using GeoAlign.Randomness;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Starting weights of an untrained network.</summary>
/// <remarks>
/// Ours: matrices and kernels N(0, 1/fan-in), so that signals keep their size; modulation N(0, 1/D) as in Wan2.1; norm weights one;
/// biases zero; camera phases zero as in ReDirector; camera encoders zero and projectors the identity as in ReCamMaster. Every tensor has a random stream of its own, addressed by seed and key, so
/// adding a layer does not change the others.
/// </remarks>
internal static class WeightInitialisation
{
    /// <summary>Fills all weights.</summary>
    public static void Fill(FlowTransformer network, ulong seed)
    {
        foreach ((string name, Parameter weight) in network.named_parameters()) Fill(name, weight, seed);
    }

    /// <summary>
    /// Gives the layers that a variant adds to its base their first values, with which the network is its base.
    /// </summary>
    public static void FillAdditions(FlowTransformer network)
    {
        foreach ((string name, Parameter weight) in network.named_parameters())
        {
            if (WanKeys.IsAddition(name)) Fill(name, weight, seed: 0);
        }
    }

    /// <summary>Fills one weight, by its name and shape.</summary>
    public static void Fill(string name, Parameter weight, ulong seed)
    {
        float[] values = new float[checked((int)weight.numel())];
        FillValues(name, weight.shape, seed, values);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        weight.copy_(HostTensors.From(values, weight.shape, weight.dtype, weight.device));
    }

    private static void FillValues(string name, long[] shape, ulong seed, float[] values)
    {
        bool isVector = shape.Length == 1;
        if (WanKeys.IsPoseLayer(name))
        {
            if (isVector || !name.EndsWith("projector.weight", StringComparison.Ordinal)) return;
            for (long i = 0; i < shape[0]; i++) values[i * shape[0] + i] = 1;
            return;
        }

        if (WanKeys.IsPhaseLayer(name) || (isVector && name.EndsWith(".bias", StringComparison.Ordinal))) return;
        if (isVector)
        {
            Array.Fill(values, 1);
            return;
        }

        bool isModulation = name.EndsWith("modulation", StringComparison.Ordinal);
        double scale = 1 / Math.Sqrt(isModulation ? shape[^1] : values.Length / shape[0]);
        (int high, int low) = Address(name);
        new CounterRandom(seed, RandomPurpose.WeightInitialisation, high, low).Normals(values);
        for (int i = 0; i < values.Length; i++) values[i] = (float)(values[i] * scale);
    }

    // 62 bits of the key's hash: two keys of one network never share a stream.
    private static (int High, int Low) Address(string name)
    {
        ReadOnlySpan<byte> hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return (BinaryPrimitives.ReadInt32LittleEndian(hash) & int.MaxValue,
            BinaryPrimitives.ReadInt32LittleEndian(hash[4..]) & int.MaxValue);
    }
}
