using System.Text.Json;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>The golden tiny networks of both releases.</summary>
internal static class MapAnythingFixture
{
    public static string WeightsPath(string release) => Repository.Fixture("mapanything", $"net_{release}_tiny_weights.safetensors");

    public static FixtureTensors Golden(string @case) => FixtureTensors.Load("mapanything", $"net_{@case}.safetensors");

    /// <summary>The release of a case's name: v11_tiny_case1 → v11.</summary>
    public static string ReleaseOf(string @case) => @case[..@case.IndexOf('_', StringComparison.Ordinal)];

    /// <summary>Sizes as the weights show them, with what they do not show from the golden file's own settings.</summary>
    public static MapAnythingConfig Config(string release)
    {
        using IWeightSource weights = WeightSources.Open(WeightsPath(release));
        using JsonDocument settings = JsonDocument.Parse(File.ReadAllText(Repository.Fixture("mapanything", $"net_{release}_tiny_config.json")));
        MapAnythingConfig seen = MapAnythingConfig.Detect(weights);
        return seen with
        {
            Encoder = seen.Encoder with { Heads = Number("enc_heads") },
            Sharing = seen.Sharing with { Heads = Number("aat_heads") },
            SharesImageToken = settings.RootElement.GetProperty("registers").GetBoolean(),
            FirstTap = settings.RootElement.GetProperty("indices")[0].GetInt32(),
            SecondTap = settings.RootElement.GetProperty("indices")[1].GetInt32(),
        };

        int Number(string name) => settings.RootElement.GetProperty(name).GetInt32();
    }

    public static MapAnythingNetwork Load(string release, ScalarType type = ScalarType.Float32, bool dense = true)
    {
        MapAnythingConfig config = Config(release);
        using IWeightSource weights = WeightSources.Open(WeightsPath(release));
        return MapAnythingNetwork.Load(dense ? config : config with { Dense = null }, weights, type: type);
    }
}
