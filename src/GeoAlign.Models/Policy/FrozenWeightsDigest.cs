using System.Security.Cryptography;
using System.Text;
using TorchSharp.Modules;

namespace GeoAlign.Models;

/// <summary>
/// SHA-256 over names and bytes of weights that are never trained: it tells whether a saved run continues on the same base.
/// </summary>
internal static class FrozenWeightsDigest
{
    /// <summary>Digest in lower-case hexadecimal; the order of the weights does not matter.</summary>
    public static string Of(IEnumerable<(string Name, Parameter Weight)> weights)
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write))
        {
            foreach ((string name, Parameter weight) in weights.OrderBy(w => w.Name, StringComparer.Ordinal))
            {
                stream.Write(Encoding.UTF8.GetBytes(name));
                ModuleWeights.ToWrite(name, weight).WriteBytes(stream);
            }
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }
}
