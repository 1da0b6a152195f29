namespace GeoAlign.Models.Tests;

public class CheckpointFingerprintTests
{
    [Theory]
    [InlineData("wan21_t2v_1_3b", "9269f8db9040a9d860eaca435be61814")]
    [InlineData("wan21_fun_v11_1_3b_control_camera", "ac6a5aa74f4a0aab6f64eb9a72f19901")]
    [InlineData("umt5_xxl_encoder", "9c8818c2cbea55eca56c7b447df170da")]
    [InlineData("wan21_vae", "ccc42284ea13e1ad04693284c7a09be6")]
    public void Released_key_lists_give_their_published_fingerprints(string list, string fingerprint) =>
        Assert.Equal(fingerprint, CheckpointFingerprint.Of(KeyList.Load(list)));

    [Fact]
    public void The_order_of_the_keys_does_not_matter()
    {
        var keys = KeyList.Load("umt5_xxl_encoder");
        string forwards = CheckpointFingerprint.Of(keys);
        keys.Reverse();

        Assert.Equal(forwards, CheckpointFingerprint.Of(keys));
    }

    [Fact]
    public void A_source_is_recognised_by_its_keys_alone()
    {
        KeysOnly vae = new(KeyList.Load("wan21_vae"));

        Assert.Equal(KnownCheckpoint.Wan21Vae, CheckpointFingerprint.Recognise(vae));
        Assert.Null(CheckpointFingerprint.Recognise(new KeysOnly(KeyList.Load("wan21_vae")[1..])));
    }

    /// <summary>Names and shapes without data.</summary>
    private sealed class KeysOnly(List<(string Name, IReadOnlyList<long> Shape)> keys) : IWeightSource
    {
        public string Path => "keys";

        public IReadOnlyDictionary<string, WeightEntry> Entries { get; } =
            keys.ToDictionary(k => k.Name, k => new WeightEntry(k.Name, WeightType.BF16, [.. k.Shape], 0));

        public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

        public void ReadBytes(string name, long byteOffset, Span<byte> destination) => throw new NotSupportedException("There is no data.");

        public void Dispose()
        {
        }
    }
}
