using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GeoAlign.Grpo;

/// <summary>A seed that depends on a prompt, so that all rollouts of a prompt can start from the same noise on any rank (Flow-GRPO, GenRL).</summary>
public static class PromptSeed
{
    /// <summary>(base + first four bytes, big-endian, of SHA-256 of the UTF-8 text) mod 2³¹. Never use it for the noise of stochastic steps: all members would get the same.</summary>
    public static int For(string prompt, long baseSeed)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        long hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(prompt)));
        return (int)((baseSeed + hash) & int.MaxValue);
    }
}
