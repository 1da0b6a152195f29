namespace GeoAlign.Models.Tests;

public class VideoAlignCheckpointTests
{
    private const string Settings = """
        { "data_config": { "fps": 2.0 }, "peft_lora_config": { "lora_enable": true, "lora_r": 4, "lora_alpha": 8, "use_rslora": false },
          "inference_config": { "VQ_mean": 1, "VQ_std": 2, "MQ_mean": 3, "MQ_std": 4, "TA_mean": 5, "TA_std": 6 } }
        """;

    private static readonly VideoAlignNormalisation Written = new(1, 2, 3, 4, 5, 6);

    [Fact]
    public void The_highest_step_is_loaded_unless_one_is_asked_for()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("model_config.json"), Settings);
        foreach ((string name, float head) in new[] { ("checkpoint-900", 1f), ("checkpoint-11352", 2f), ("checkpoint-5000", 3f), ("checkpoint-best", 4f) })
        {
            Directory.CreateDirectory(folder.File(name));
            CheckpointFiles.WritePth(Path.Combine(folder.File(name), "model.pth"), WithHead(head).Select(Peft));
        }

        Assert.Equal(2 * Whole(folder.File("checkpoint-900")), Whole(folder.Path), 1e-4);
        Assert.Equal(3 * Whole(folder.File("checkpoint-900")), Whole(folder.Path, step: 5000), 1e-4);
        Assert.Equal(Whole(folder.File("checkpoint-900")), Whole(folder.File("checkpoint-900") + Path.DirectorySeparatorChar));
        Assert.Contains("has no checkpoint-7; found 900, 5000, 11352.",
            Assert.Throws<FileNotFoundException>(() => Whole(folder.Path, step: 7)).Message, StringComparison.Ordinal);

        static double Whole(string path, int? step = null)
        {
            using VideoAlignNetwork network = VideoAlignNetwork.Load(path, Qwen2VlFixture.VideoAlignOptions with { CheckpointStep = step });
            Assert.Equal(Written, network.Normalisation);
            return network.Score(Qwen2VlFixture.Sequences)[0].MotionQuality.Raw;
        }

        static IEnumerable<WeightToWrite> WithHead(float factor) => Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign).Select(weight =>
            weight.Name == "rm_head.weight"
                ? WeightToWrite.Of(weight.Name, weight.Shape, Array.ConvertAll(Qwen2VlFixture.Golden["w.videoalign.rm_head.weight"].Floats(), v => factor * v))
                : weight);
    }

    [Fact]
    public void Constants_are_those_given_then_those_written_then_the_released_ones()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign));
        VideoAlignNormalisation given = new(0, 1, 0, 1, 0, 1);

        Assert.Equal(VideoAlignNormalisation.VideoReward, Loaded(null));
        File.WriteAllText(folder.File("model_config.json"), """{ "inference_config": null }""");
        Assert.Equal(VideoAlignNormalisation.VideoReward, Loaded(null));
        File.WriteAllText(folder.File("model_config.json"), Settings);
        Assert.Equal(Written, Loaded(null));
        Assert.Equal(given, Loaded(given));
        File.WriteAllText(folder.File("model_config.json"), Settings.Replace("\"MQ_std\": 4, ", "", StringComparison.Ordinal));
        Assert.Contains("no 'MQ_std'", Assert.Throws<WeightFormatException>(() => Loaded(null)).Message, StringComparison.Ordinal);

        VideoAlignNormalisation Loaded(VideoAlignNormalisation? normalisation)
        {
            using VideoAlignNetwork network = VideoAlignNetwork.Load(
                folder.File("model.safetensors"), Qwen2VlFixture.VideoAlignOptions with { Normalisation = normalisation });
            return network.Normalisation;
        }
    }

    [Fact]
    public void An_adapter_its_trained_rest_and_the_base_score_as_the_merged_network_does()
    {
        using AdapterFolder files = new();

        double[] merged = AdapterFolder.Scores(files.Merged), adapter = AdapterFolder.Scores(files.Adapter, files.Base), complete = AdapterFolder.Scores(files.Complete);

        Near.Equal(merged, adapter, 1e-5, what: "adapter");
        Near.Equal(merged, complete, 1e-5, what: "complete state with frozen layers under base_layer");
        Assert.NotEqual(merged[0], AdapterFolder.Scores(files.Unmerged)[0], 1e-2);
    }

    [Fact]
    public void An_embedding_in_the_adapter_hides_the_one_beside_it()
    {
        using AdapterFolder files = new(embeddingInAdapter: true);

        Near.Equal(AdapterFolder.Scores(files.Merged), AdapterFolder.Scores(files.Adapter, files.Base), 1e-5);
    }

    [Fact]
    public void The_adapters_own_settings_count_before_those_of_the_folder()
    {
        using AdapterFolder files = new();
        string settings = Path.Combine(files.Adapter, "checkpoint-20", "adapter_config.json");
        double[] merged = AdapterFolder.Scores(files.Merged);

        File.WriteAllText(settings, """{ "r": 4, "lora_alpha": 4, "use_rslora": true, "alpha_pattern": {} }""");
        double[] stabilised = AdapterFolder.Scores(files.Adapter, files.Base);
        File.WriteAllText(settings, """{ "r": 4, "lora_alpha": 64 }""");
        double[] strong = AdapterFolder.Scores(files.Adapter, files.Base);
        File.WriteAllText(settings, """{ "r": 4, "lora_alpha": 8, "alpha_pattern": { "q_proj": 3 } }""");

        Near.Equal(merged, stabilised, 1e-5, what: "4/√4 = 8/4");
        Assert.NotEqual(merged[0], strong[0], 1e-2);
        Assert.Contains("'alpha_pattern'", Assert.Throws<WeightFormatException>(() => AdapterFolder.Scores(files.Adapter, files.Base)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_for_an_adapter_is_named()
    {
        using AdapterFolder files = new();
        string trained = Path.Combine(files.Adapter, "checkpoint-20", "non_lora_state_dict.pth");

        ArgumentException noBase = Assert.Throws<ArgumentException>(() => AdapterFolder.Scores(files.Adapter));
        File.Delete(trained);
        FileNotFoundException half = Assert.Throws<FileNotFoundException>(() => AdapterFolder.Scores(files.Adapter, files.Base));

        Assert.Contains("name Qwen2-VL-2B-Instruct as BaseModelPath", noBase.Message, StringComparison.Ordinal);
        Assert.StartsWith(trained + " is missing", half.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => AdapterFolder.Scores(Path.GetDirectoryName(files.Adapter)!));
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused_with_all_their_names()
    {
        using TemporaryFolder folder = new();
        SafetensorsWriter.Write(folder.File("model.safetensors"), Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign, name => name switch
        {
            "model.norm.weight" => "model.normal.weight",
            "visual.merger.ln_q.bias" => "visual.merger.ln_k.bias",
            _ => name,
        }).Select(weight => weight.Name == "rm_head.weight" ? WeightToWrite.Of(weight.Name, [2, 48], new float[96]) : weight));

        WeightMismatchException e = Assert.Throws<WeightMismatchException>(
            () => VideoAlignNetwork.Load(folder.Path, Qwen2VlFixture.VideoAlignOptions));

        Assert.Equal(["model.norm.weight", "visual.merger.ln_q.bias"], e.Report.Missing.Order(StringComparer.Ordinal));
        Assert.Equal(["model.normal.weight", "visual.merger.ln_k.bias"], e.Report.Unused.Order(StringComparer.Ordinal));
        Assert.Equal("rm_head.weight expected [3, 48] found [2, 48]", Assert.Single(e.Report.Misshapen).ToString());
    }

    private static WeightToWrite Peft(WeightToWrite weight) => weight with { Name = "base_model.model." + weight.Name };

    /// <summary>The tiny network with random low-rank additions, in each of the published layouts.</summary>
    private sealed class AdapterFolder : IDisposable
    {
        private const int Rank = 4;
        private const float Factor = 2;        // α/r of the settings

        private readonly TemporaryFolder _folder = new();
        private readonly Random _random = new(5);

        public AdapterFolder(bool embeddingInAdapter = false)
        {
            Dictionary<string, WeightToWrite> tuned = Qwen2VlFixture.Weights(Qwen2VlFixture.VideoAlign).ToDictionary(w => w.Name, StringComparer.Ordinal);
            List<WeightToWrite> additions = [], merged = [], complete = [], frozen = [], trained = [];
            foreach (WeightToWrite weight in tuned.Values)
            {
                bool isTarget = weight.Name.StartsWith("model.layers.", StringComparison.Ordinal) && weight.Name.EndsWith("_proj.weight", StringComparison.Ordinal);
                bool isFrozen = weight.Name.StartsWith("model.", StringComparison.Ordinal) && weight.Name != "model.embed_tokens.weight";
                string layer = weight.Name[..^".weight".Length];
                if (isTarget)
                {
                    (long rows, long columns) = (weight.Shape[0], weight.Shape[1]);
                    float[] a = Draw(Rank * columns), b = Draw(rows * Rank), values = Values(weight), sum = [.. values];
                    for (int i = 0; i < rows; i++)
                    {
                        for (int j = 0; j < columns; j++)
                        {
                            for (int r = 0; r < Rank; r++) sum[i * columns + j] += Factor * b[i * Rank + r] * a[r * columns + j];
                        }
                    }

                    merged.Add(WeightToWrite.Of(weight.Name, weight.Shape, sum));
                    additions.Add(WeightToWrite.Of(layer + ".lora_A.weight", [Rank, columns], a));
                    additions.Add(WeightToWrite.Of(layer + ".lora_B.weight", [rows, Rank], b));
                }
                else
                {
                    merged.Add(weight);
                }

                bool hasBias = weight.Name.Contains(".self_attn.", StringComparison.Ordinal) && weight.Name.EndsWith(".bias", StringComparison.Ordinal);
                complete.Add(isTarget ? weight with { Name = layer + ".base_layer.weight" }
                    : hasBias ? weight with { Name = weight.Name.Replace(".bias", ".base_layer.bias", StringComparison.Ordinal) } : weight);
                if (!isFrozen) trained.Add(weight);
                // The base model has other values where the checkpoint has its own, and more rows of embeddings.
                frozen.Add(isFrozen ? weight : weight.Name switch
                {
                    "model.embed_tokens.weight" => WeightToWrite.Of(weight.Name, [220, 48], Draw(220 * 48)),
                    _ => WeightToWrite.Of(weight.Name, weight.Shape, Draw(weight.Shape.Aggregate(1L, (p, size) => p * size))),
                });
            }

            frozen.RemoveAll(weight => weight.Name == "rm_head.weight");
            frozen.Add(WeightToWrite.Of("lm_head.weight", [3, 2], new float[6]));
            if (embeddingInAdapter)
            {
                WeightToWrite embedding = trained.Single(weight => weight.Name == "model.embed_tokens.weight");
                trained[trained.IndexOf(embedding)] = WeightToWrite.Of(embedding.Name, embedding.Shape, Draw(200 * 48));
                additions.Add(embedding);
                additions.Add(WeightToWrite.Of("lm_head.weight", [200, 48], Draw(200 * 48)));
            }

            foreach (string path in new[] { Merged, Unmerged, Base, Path.Combine(Adapter, "checkpoint-20"), Path.Combine(Complete, "checkpoint-20") })
                Directory.CreateDirectory(path);
            SafetensorsWriter.Write(Path.Combine(Merged, "model.safetensors"), merged);
            SafetensorsWriter.Write(Path.Combine(Unmerged, "model.safetensors"), tuned.Values);
            SafetensorsWriter.Write(Path.Combine(Base, "model.safetensors"), frozen);
            File.WriteAllText(Path.Combine(Adapter, "model_config.json"), Settings);
            SafetensorsWriter.Write(Path.Combine(Adapter, "checkpoint-20", "adapter_model.safetensors"), additions.Select(Peft));
            CheckpointFiles.WritePth(Path.Combine(Adapter, "checkpoint-20", "non_lora_state_dict.pth"), trained.Select(Peft));
            File.WriteAllText(Path.Combine(Complete, "model_config.json"), Settings);
            CheckpointFiles.WritePth(Path.Combine(Complete, "checkpoint-20", "model.pth"), complete.Concat(additions.Select(addition => addition with
            {
                Name = addition.Name.Replace(".lora_A.", ".lora_A.default.", StringComparison.Ordinal)
                    .Replace(".lora_B.", ".lora_B.default.", StringComparison.Ordinal),
            })).DistinctBy(weight => weight.Name).Select(Peft));
        }

        public string Merged => _folder.File("merged");

        public string Unmerged => _folder.File("unmerged");

        public string Base => _folder.File("base");

        public string Adapter => _folder.File("adapter");

        public string Complete => _folder.File("complete");

        public static double[] Scores(string path, string? baseModel = null)
        {
            using VideoAlignNetwork network = VideoAlignNetwork.Load(path, Qwen2VlFixture.VideoAlignOptions with { BaseModelPath = baseModel });
            return [.. network.Score(Qwen2VlFixture.Sequences).SelectMany(
                s => new[] { s.VisualQuality.Raw, s.MotionQuality.Raw, s.TextAlignment!.Value.Raw })];
        }

        public void Dispose() => _folder.Dispose();

        private float[] Draw(long count) => [.. Enumerable.Range(0, (int)count).Select(_ => 0.4f * _random.NextSingle() - 0.2f)];

        private static float[] Values(WeightToWrite weight) => Qwen2VlFixture.Golden["w." + weight.Name].Floats();
    }
}
