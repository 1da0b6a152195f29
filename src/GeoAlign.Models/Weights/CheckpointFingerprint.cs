using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace GeoAlign.Models;

/// <summary>Recognises a checkpoint by its key list, whatever the file is called.</summary>
/// <remarks>
/// DiffSynth-Studio's recipe: for every tensor the two texts <c>key:d0_d1_…</c> and <c>key</c>; all texts sorted by code point and
/// joined with commas; MD5 of the UTF-8 bytes in lower-case hexadecimal. It says which network a file belongs to; it protects nothing.
/// </remarks>
public static class CheckpointFingerprint
{
    private static readonly Dictionary<string, KnownCheckpoint> Known = new(StringComparer.Ordinal)
    {
        ["9269f8db9040a9d860eaca435be61814"] = KnownCheckpoint.Wan21TextToVideo,
        ["ac6a5aa74f4a0aab6f64eb9a72f19901"] = KnownCheckpoint.Wan21FunControlCamera,
        ["9c8818c2cbea55eca56c7b447df170da"] = KnownCheckpoint.Umt5Encoder,
        ["ccc42284ea13e1ad04693284c7a09be6"] = KnownCheckpoint.Wan21Vae,
        ["1378ea763357eea97acdef78e65d6d96"] = KnownCheckpoint.Wan21Vae,
        ["5941c53e207d62f20f9025686193c40b"] = KnownCheckpoint.ClipVitHuge,
    };

    /// <summary>Fingerprint of an opened file.</summary>
    public static string Of(IWeightSource source) => Of(source.Entries.Values.Select(e => (e.Name, (IReadOnlyList<long>)e.Shape)));

    /// <summary>Fingerprint of a list of names and shapes, in any order.</summary>
    public static string Of(IEnumerable<(string Name, IReadOnlyList<long> Shape)> tensors)
    {
        List<string> texts = [];
        foreach ((string name, IReadOnlyList<long> shape) in tensors)
        {
            texts.Add(name);
            texts.Add(name + ":" + string.Join('_', shape.Select(size => size.ToString(CultureInfo.InvariantCulture))));
        }

        texts.Sort(StringComparer.Ordinal);
#pragma warning disable CA5351 // MD5 is the published recipe; it identifies, it does not protect.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Join(',', texts))));
#pragma warning restore CA5351
    }

    /// <summary>Which released network the file is, or null when it is none of them.</summary>
    public static KnownCheckpoint? Recognise(IWeightSource source) =>
        Known.TryGetValue(Of(source), out KnownCheckpoint known) ? known : null;
}
