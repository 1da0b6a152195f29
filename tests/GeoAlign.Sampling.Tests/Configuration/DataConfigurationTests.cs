using GeoAlign.Geometry;
using GeoAlign.Sampling.Tests.Conditions;
using GeoAlign.Testing;

namespace GeoAlign.Sampling.Tests.Configuration;

public sealed class DataConfigurationTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_becomes_a_pipeline()
    {
        Directory.CreateDirectory(_folder["videos"]);
        foreach (string name in new[] { "videos/a-40.mp4", "videos/broken-40.mp4" }) File.WriteAllText(_folder[name], name);
        File.WriteAllText(_folder["captions.csv"], "name,caption\na-40,a street\n");
        ReCamMasterCameras.Write(_folder["cameras.json"], [new("cam01", ReCamMasterMoves.Path(CameraMove.ArcLeft, 9)), new("cam02", ReCamMasterMoves.Path(CameraMove.ZoomIn, 9))]);
        string omniWorld = Path.GetDirectoryName(Repository.Fixture("geometry", "formats", "omniworld", "b0000000000a", "split_info.json"))!;
        File.WriteAllText(_folder["data.json"], $$"""
            {
              // a comment, and a comma too many
              "seed": 7, "groups": 2,
              "clip": { "frames": 4, "width": 4, "height": 2, "frameRate": "15", },
              "videos": [ { "kind": "folder", "path": "videos" } ],
              "captions": "captions.csv",
              "quarantine": "bad/quarantine.jsonl",
              "targets": [
                { "kind": "reCamMaster", "path": "cameras.json", "cameras": ["cam02"], "weight": 2 },
                { "kind": "presets", "moves": ["9", "pan-left"], "speeds": [1, 1.5] },
                { "kind": "omniWorld", "path": "{{omniWorld}}" },
                { "kind": "files", "path": "cameras.json" },
                { "kind": "spline", "spline": { "controlPoses": 4 } }
              ],
              "speed": { "translationMetresPerSecond": { "mean": 1, "deviation": 0.2, "minimum": 0.5, "maximum": 1.5 }, "maximumJumpRatio": 50 }
            }
            """);

        DataConfiguration configuration = DataConfiguration.Read(_folder["data.json"]);
        ConditionSampler sampler = configuration.Open(new VideoReader(new ImaginaryVideos()), Day);
        Condition[] conditions = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => sampler.DrawAsync(configuration.Seed, i, 0)));

        Assert.Equal((7L, 2, 4), (configuration.Seed, configuration.Groups, sampler.Targets.Options.FrameCount));
        Assert.Equal(new TruncatedGaussian(1, 0.2, 0.5, 1.5), sampler.Targets.Options.TranslationMetresPerSecond);
        Assert.Equal(new TargetPathOptions().RotationDegreesPerSecond, sampler.Targets.Options.RotationDegreesPerSecond);      // left out: the default
        Assert.Equal(RescaleOptions.Default with { MaximumJumpRatio = 50 }, sampler.Targets.Options.Rescale);
        Assert.Equal(16, sampler.Clips.Options.MaximumAttempts);
        Assert.All(conditions, c => Assert.Equal(("a-40.mp4", "a street", new FrameRate(15)), (c.Clip.Source.Name, c.Prompt.Text, c.Clip.Video.FrameRate)));
        Assert.Equal(["ArcLeft×1", "PanLeft×1.5", "b0000000000a#0", "cam02", "cameras.json#cam01", "spline"],
            conditions.Select(c => c.Target.CameraId).Distinct().Intersect(["ArcLeft×1", "PanLeft×1.5", "b0000000000a#0", "cam02", "cameras.json#cam01", "spline"]).Order(StringComparer.Ordinal));
        Assert.Equal("broken-40.mp4", Path.GetFileName(Assert.Single(ClipQuarantine.Open(_folder["bad/quarantine.jsonl"], Day).Entries).Path));
    }

    [Fact]
    public void Defaults_are_those_of_the_parts()
    {
        File.WriteAllText(_folder["data.json"], """{ "videos": [ { "kind": "folder", "path": "x" } ], "targets": [ { "kind": "spline" } ] }""");

        DataConfiguration configuration = DataConfiguration.Read(_folder["data.json"]);

        Assert.Equal((1L, 1), (configuration.Seed, configuration.Groups));
        Assert.Equal(new ConditionClipOptions { WhenUnreadable = UnreadableClipResponse.Redraw }, configuration.Clip.ToOptions());
        Assert.Equal(new TargetPathOptions(), configuration.Speed.ToOptions(81));
        Assert.Equal(new SplinePathOptions(), configuration.Targets[0].Spline.ToOptions());
        Assert.Equal((1.0, 1, "480p"), (configuration.Targets[0].Weight, configuration.Targets[0].FrameStride, configuration.Videos[0].Resolution));
    }

    [Theory]
    [InlineData("{\n  \"videos\": [],\n  \"targts\": []\n}", 3, "targts")]
    [InlineData("{ \"videos\": [ { \"kind\": \"disc\", \"path\": \"x\" } ], \"targets\": [] }", 1, "kind")]
    [InlineData("{ \"targets\": [] }", 1, "videos")]
    [InlineData("{ \"videos\": [ { \"kind\": \"folder\" } ], \"targets\": [] }", 1, "path")]
    [InlineData("{ \"videos\": [], \"targets\": [],\n\n  \"seed\": \"seven\" }", 3, "converted to System.Int64")]
    [InlineData("[]", 1, "")]
    public void A_malformed_file_is_refused_by_line(string text, int line, string problem)
    {
        File.WriteAllText(_folder["data.json"], text);

        DataFormatException error = Assert.Throws<DataFormatException>(() => DataConfiguration.Read(_folder["data.json"]));

        Assert.Equal(line, error.Line);
        Assert.True(error.Message.Contains(problem, StringComparison.Ordinal), error.Message);
    }

    [Fact]
    public void One_message_lists_every_bad_setting()
    {
        File.WriteAllText(_folder["data.json"], """
            { "groups": 0, "clip": { "frames": 0, "frameRate": "slow" },
              "videos": [ { "kind": "sekai", "path": "x" }, { "kind": "davis", "path": "x" } ],
              "targets": [ { "kind": "omniWorld" }, { "kind": "presets", "moves": ["sideways"], "weight": 0 } ],
              "speed": { "rotationDegreesPerSecond": { "mean": 1, "deviation": -1, "minimum": 0, "maximum": 2 } } }
            """);

        string message = Assert.Throws<DataFormatException>(() => DataConfiguration.Read(_folder["data.json"])).Message;

        foreach (string part in new[] { "groups is 0", "'slow' is no frame rate", "videos[0] (sekai) has no list", "videos[1] (davis) has no frameRate", "targets[0] (OmniWorld) has no path", "'sideways' is no camera move", "targets[1] has the weight 0", "σ is -1" })
            Assert.Contains(part, message, StringComparison.Ordinal);
    }
}
