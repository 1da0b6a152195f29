using System.Globalization;
using System.Text.Json;

namespace GeoAlign.Models;

/// <summary>An opened VideoAlign checkpoint: its weights under native names, and what its settings say.</summary>
/// <remarks>
/// A published folder holds <c>model_config.json</c> and <c>checkpoint-N</c> folders, each with a complete <c>model.pth</c>, or with
/// <c>adapter_model.safetensors</c> (low-rank additions) and <c>non_lora_state_dict.pth</c> (what else was trained).
/// </remarks>
internal sealed class VideoAlignCheckpoint : IDisposable
{
    /// <summary>What the name of a checkpoint's folder begins with, before its step.</summary>
    public const string StepPrefix = "checkpoint-";

    private const string SettingsName = "model_config.json", AdapterSettingsName = "adapter_config.json";
    private const string CompleteName = "model.pth", AdapterName = "adapter_model.safetensors", TrainedName = "non_lora_state_dict.pth";

    private VideoAlignCheckpoint(IWeightSource weights, IReadOnlyList<string> folders, VideoAlignNormalisation? normalisation, LoraScaling scaling) =>
        (Weights, Folders, Normalisation, Scaling) = (weights, folders, normalisation, scaling);

    /// <summary>All weights, under native names; low-rank additions are among them.</summary>
    public IWeightSource Weights { get; }

    /// <summary>Where a <c>config.json</c> may lie.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>Constants that the checkpoint's settings give, or null.</summary>
    public VideoAlignNormalisation? Normalisation { get; }

    /// <summary>Factor of the low-rank additions.</summary>
    public LoraScaling Scaling { get; }

    /// <summary>Opens a published folder, one of its checkpoint folders, a folder of another release, or a weight file.</summary>
    /// <param name="path">Folder or file.</param>
    /// <param name="step">Which checkpoint of the folder; null for the highest.</param>
    /// <param name="baseModelPath">Weights that were frozen in training, or null.</param>
    /// <exception cref="FileNotFoundException">There is no such checkpoint, or half of an adapter's is missing.</exception>
    /// <exception cref="ArgumentException">The checkpoint is an adapter and no base model is given.</exception>
    /// <exception cref="WeightFormatException">A file breaks its format.</exception>
    public static VideoAlignCheckpoint Open(string path, int? step, string? baseModelPath)
    {
        string folder = Directory.Exists(path) ? StepFolder(path, step) : Qwen2VlNetwork.FolderOf(path);
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string[] folders = Path.GetFileName(full).StartsWith(StepPrefix, StringComparison.Ordinal) ? [folder, Path.GetDirectoryName(full)!] : [folder];
        (VideoAlignNormalisation? normalisation, LoraScaling scaling) = ReadSettings(folders);
        if (baseModelPath is not null) folders = [.. folders, Qwen2VlNetwork.FolderOf(baseModelPath)];
        return new VideoAlignCheckpoint(
            Directory.Exists(path) ? OpenFolder(folder, baseModelPath) : Qwen2VlKeys.Native(WeightSources.Open(path)), folders, normalisation, scaling);
    }

    /// <inheritdoc/>
    public void Dispose() => Weights.Dispose();

    private static string StepFolder(string path, int? step)
    {
        (int Step, string Folder)[] steps = [.. Directory.GetDirectories(path, StepPrefix + "*").Select(f => (StepOf(f), f)).Where(s => s.Item1 >= 0)];
        if (step is int wanted)
        {
            return steps.FirstOrDefault(s => s.Step == wanted).Folder ?? throw new FileNotFoundException(
                $"{path} has no {StepPrefix}{wanted}; found {(steps.Length == 0 ? "none" : string.Join(", ", steps.Select(s => s.Step).Order()))}.", path);
        }

        return steps.Length == 0 ? path : steps.MaxBy(s => s.Step).Folder;

        static int StepOf(string folder) => int.TryParse(
            Path.GetFileName(folder).AsSpan(StepPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
    }

    private static IWeightSource OpenFolder(string folder, string? baseModelPath)
    {
        string complete = Path.Combine(folder, CompleteName), adapter = Path.Combine(folder, AdapterName), trained = Path.Combine(folder, TrainedName);
        if (File.Exists(complete)) return Qwen2VlKeys.Native(WeightSources.Open(complete));
        if (!File.Exists(adapter) && !File.Exists(trained)) return Qwen2VlKeys.Native(WeightSources.Open(folder));
        foreach (string half in new[] { adapter, trained })
        {
            if (!File.Exists(half)) throw new FileNotFoundException($"{half} is missing; an adapter's checkpoint has {AdapterName} and {TrainedName}.", half);
        }

        if (baseModelPath is null)
        {
            throw new ArgumentException(
                $"{folder} holds an adapter, that is only what was trained; name Qwen2-VL-2B-Instruct as {nameof(VideoAlignNetworkOptions.BaseModelPath)}.",
                nameof(baseModelPath));
        }

        // Embeddings may be in both files of the checkpoint; the published loader applies the adapter last.
        List<IWeightSource> layers = [];
        try
        {
            foreach (string layer in new[] { adapter, trained, baseModelPath }) layers.Add(Qwen2VlKeys.Native(WeightSources.Open(layer)));
            return new LayeredWeights(layers);
        }
        catch
        {
            layers.ForEach(layer => layer.Dispose());
            throw;
        }
    }

    // The adapter's own settings, if it has any, are what PEFT would go by.
    private static (VideoAlignNormalisation? Normalisation, LoraScaling Scaling) ReadSettings(string[] folders)
    {
        VideoAlignNormalisation? normalisation = null;
        LoraScaling scaling = LoraScaling.VideoReward;
        if (folders.Select(folder => Path.Combine(folder, SettingsName)).FirstOrDefault(File.Exists) is string settings)
        {
            using JsonSettings file = JsonSettings.Open(settings);
            if (file.Section(file.Root, "inference_config") is { } constants)
            {
                normalisation = new(Constant("VQ_mean"), Constant("VQ_std"), Constant("MQ_mean"), Constant("MQ_std"), Constant("TA_mean"), Constant("TA_std"));
                double Constant(string name) => file.Required(constants, name);
            }

            if (file.Section(file.Root, "peft_lora_config") is { } lora) scaling = Scaling(file, lora);
        }

        string adapterSettings = Path.Combine(folders[0], AdapterSettingsName);
        if (File.Exists(adapterSettings))
        {
            using JsonSettings file = JsonSettings.Open(adapterSettings);
            if (file.Section(file.Root, "alpha_pattern") is { } pattern && pattern.EnumerateObject().Any())
                throw file.Refused("'alpha_pattern' gives layers factors of their own, which is not supported");
            scaling = Scaling(file, file.Root);
        }

        return (normalisation, scaling);

        static LoraScaling Scaling(JsonSettings file, JsonElement lora) =>
            new(file.Number(lora, "lora_alpha") ?? LoraScaling.VideoReward.Alpha, file.Flag(lora, "use_rslora"));
    }
}
