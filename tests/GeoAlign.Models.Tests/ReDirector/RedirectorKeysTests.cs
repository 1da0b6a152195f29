using System.Globalization;

namespace GeoAlign.Models.Tests;

public class RedirectorKeysTests
{
    private static readonly IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> Release = RedirectorKeys.Of(RedirectorConfig.Release);

    [Fact]
    public void The_release_has_the_released_keys_in_the_released_order()
    {
        Assert.Equal(Lines(KeyList.Load("redirector_1_3b")), Lines(Release));
        Assert.Equal((1049, 1_662_761_792), (Release.Count, Parameters(Release)));
    }

    [Fact]
    public void The_self_attention_set_is_the_released_step_checkpoint()
    {
        var trained = Release.Where(k => RedirectorKeys.IsSelfAttention(k.Name)).ToList();

        Assert.Equal(Lines(KeyList.Load("redirector_step_checkpoint_1_3b")).Order(StringComparer.Ordinal),
            Lines(trained).Order(StringComparer.Ordinal));
        Assert.Equal((360, 329_840_640), (trained.Count, Parameters(trained)));
    }

    [Fact]
    public void Without_phase_layers_the_set_is_that_of_the_base()
    {
        var trained = Release.Where(k => RedirectorKeys.IsSelfAttention(k.Name) && !RedirectorKeys.IsPhaseLayer(k.Name)).ToList();

        Assert.Equal((300, 283_392_000), (trained.Count, Parameters(trained)));
    }

    [Fact]
    public void The_network_less_its_phase_layers_is_the_Fun_control_camera_base() =>
        Assert.Equal(
            "ac6a5aa74f4a0aab6f64eb9a72f19901", CheckpointFingerprint.Of(Release.Where(k => !RedirectorKeys.IsPhaseLayer(k.Name))));

    [Theory]
    [InlineData("blocks.3.self_attn.q.weight", true)]
    [InlineData("blocks.3.self_attn.rope_phase_vo.1.weight", true)]
    [InlineData("blocks.3.cross_attn.q.weight", false)]
    [InlineData("blocks.3.self_attn_norm.weight", false)]
    public void Selection_looks_at_whole_path_components(string key, bool selected) =>
        Assert.Equal(selected, RedirectorKeys.IsSelfAttention(key));

    private static IEnumerable<string> Lines(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Select(k => k.Name + " " + string.Join(' ', k.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))));

    private static long Parameters(IEnumerable<(string Name, IReadOnlyList<long> Shape)> keys) =>
        keys.Sum(k => k.Shape.Aggregate(1L, (product, size) => product * size));
}
