using System.Text.Json.Nodes;
using GeoAlign.Sampling.Tests.Conditions;

namespace GeoAlign.Sampling.Tests.Manifests;

public sealed class ManifestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        ManifestEntry[] entries = [.. await Entries(3)];
        using (ManifestWriter writer = ManifestWriter.Open(_folder["deep/manifest.jsonl"])) foreach (ManifestEntry entry in entries) writer.Write(entry);

        IReadOnlyList<ManifestEntry> back = Manifest.Read(_folder["deep/manifest.jsonl"]);

        Assert.Equal(3, File.ReadAllLines(_folder["deep/manifest.jsonl"]).Length);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(entries[i].Key, back[i].Key);
            Assert.Equal(entries[i].Condition.SourceFrames, back[i].Condition.SourceFrames);
            Assert.Equal(entries[i].Target.Poses.SelectMany(p => p), back[i].Target.Poses.SelectMany(p => p));     // to the last bit
            Assert.Equal(entries[i].Condition with { SourceFrames = [], Refused = [] }, back[i].Condition with { SourceFrames = [], Refused = [] });
            Assert.Equal(entries[i].Target with { Poses = [], Rejected = [] }, back[i].Target with { Poses = [], Rejected = [] });
        }
    }

    [Fact]
    public async Task A_run_that_goes_on_appends_and_a_line_cut_off_is_written_again()
    {
        ManifestEntry[] entries = [.. await Entries(3)];
        using (ManifestWriter writer = ManifestWriter.Open(_folder["m.jsonl"])) foreach (ManifestEntry entry in entries[..2]) writer.Write(entry);
        byte[] bytes = File.ReadAllBytes(_folder["m.jsonl"]);
        File.WriteAllBytes(_folder["m.jsonl"], bytes[..^40]);

        using (ManifestWriter writer = ManifestWriter.Open(_folder["m.jsonl"])) foreach (ManifestEntry entry in entries) writer.Write(entry);

        Assert.Equal(entries.Select(e => e.Key), Manifest.Read(_folder["m.jsonl"]).Select(e => e.Key));
        Assert.Equal(bytes, File.ReadAllBytes(_folder["m.jsonl"])[..bytes.Length]);
    }

    [Fact]
    public async Task A_different_draw_of_the_same_key_is_refused_and_says_what_differs()
    {
        ManifestEntry entry = (await Entries(1))[0];
        using ManifestWriter writer = ManifestWriter.Open(_folder["m.jsonl"]);
        writer.Write(entry);

        writer.Write(entry with { Condition = entry.Condition with { Path = "/elsewhere/a.mp4", SourceCamera = entry.Condition.SourceCamera } });
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => writer.Write(entry with { Target = entry.Target with { TranslationMetresPerSecond = 0.5 } }));

        Assert.Contains("was drawn differently before: τ_trans was ", error.Message, StringComparison.Ordinal);
        Assert.Single(File.ReadAllLines(_folder["m.jsonl"]));
    }

    [Theory]
    [InlineData("iteration", "-1", "iteration -1, group 0, expected numbers from 0")]
    [InlineData("version", "2", "version is 2, expected 1")]
    [InlineData("condition.videoSha256", "\"abc\"", "a hash of the condition is not 64 hexadecimal digits")]
    [InlineData("condition.sourceFrames", "[3, 2, 4, 5, 6]", "the source frames are not numbers from 0 that never go back")]
    [InlineData("condition.frameRate", "\"fast\"", "'fast' is no frame rate")]
    [InlineData("condition.prompt", "\" \"", "the prompt is blank")]
    [InlineData("condition.width", "0", "the clip is 0×2, expected positive sizes")]
    [InlineData("target.poses", "[[1,0,0,0,0,0,0]]", "1 poses for 5 frames")]
    [InlineData("target.rotationFactor", "-1", "a scale factor of the target is negative")]
    [InlineData("target.attempt", "7", "attempt 7 of the target after 0 rejected paths")]
    [InlineData("extra", "1", "extra")]
    [InlineData("target.guards", "\"Nothing\"", "JSON")]
    public async Task An_unsound_line_is_refused_by_its_number(string key, string value, string problem)
    {
        ManifestEntry[] entries = [.. await Entries(2)];
        using (ManifestWriter writer = ManifestWriter.Open(_folder["m.jsonl"])) foreach (ManifestEntry entry in entries) writer.Write(entry);
        string[] lines = File.ReadAllLines(_folder["m.jsonl"]);
        JsonNode line = JsonNode.Parse(lines[1])!;
        string[] parts = key.Split('.');
        (parts.Length == 1 ? line : line[parts[0]])![parts[^1]] = JsonNode.Parse(value);
        File.WriteAllLines(_folder["m.jsonl"], [lines[0], "", line.ToJsonString()]);

        DataFormatException error = Assert.Throws<DataFormatException>(() => Manifest.Read(_folder["m.jsonl"]));

        Assert.Equal((_folder["m.jsonl"], 3), (error.Path, error.Line));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_poses_missing_keys_and_repeated_keys_are_refused()
    {
        ManifestEntry entry = (await Entries(1))[0];
        IReadOnlyList<IReadOnlyList<double>> poses = entry.Target.Poses;

        Assert.Contains("pose 2 is not a unit quaternion", string.Join(' ', (entry with { Target = entry.Target with { Poses = [poses[0], poses[1], [1, 1, 0, 0, 0, 0, 0], poses[3], poses[4]] } }).Problems()), StringComparison.Ordinal);
        Assert.Contains("the first pose is not the identity", string.Join(' ', (entry with { Target = entry.Target with { Poses = [poses[1], .. poses.Skip(1)] } }).Problems()), StringComparison.Ordinal);
        File.WriteAllText(_folder["m.jsonl"], "{\"version\":1,\"seed\":1,\"iteration\":0,\"group\":0}\n");
        Assert.Contains("condition", Assert.Throws<DataFormatException>(() => Manifest.Read(_folder["m.jsonl"])).Message, StringComparison.Ordinal);
        File.Delete(_folder["m.jsonl"]);
        using (ManifestWriter writer = ManifestWriter.Open(_folder["m.jsonl"])) writer.Write(entry);
        File.AppendAllText(_folder["m.jsonl"], File.ReadAllText(_folder["m.jsonl"]));
        Assert.Contains("m.jsonl:2: seed 4, iteration 0, group 0 stands in line 1 already", Assert.Throws<DataFormatException>(() => Manifest.Read(_folder["m.jsonl"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ManifestWriter.Open(_folder["n.jsonl"]).Write(entry with { Iteration = -1 }));
    }

    private async Task<IReadOnlyList<ManifestEntry>> Entries(int count)
    {
        File.WriteAllText(_folder["a-40.mp4"], "content");
        File.WriteAllText(_folder["a-40.txt"], "Straße am Fluß");
        ConditionSampler sampler = new(
            new ConditionClipSource([_folder["a-40.mp4"]], new() { FrameCount = 5, Size = new(4, 2) }, new VideoReader(new ImaginaryVideos())),
            new TargetPathSource(new SplinePaths(), new() { FrameCount = 5 }));
        List<ManifestEntry> entries = [];
        for (int i = 0; i < count; i++) entries.Add((await sampler.DrawAsync(4, i, 0)).ToManifestEntry());
        return entries;
    }
}
