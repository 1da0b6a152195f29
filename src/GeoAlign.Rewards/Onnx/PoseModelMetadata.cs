using System.Collections.Immutable;
using System.Globalization;

namespace GeoAlign.Rewards;

/// <summary>Reads the contract "pose-estimator/1" from a model's metadata.</summary>
/// <remarks>
/// Strings, numbers of the invariant culture, lists by commas. A key that is absent has the default of <see cref="PoseModelConventions"/>;
/// a key or value that is not known is an error, since a misspelt convention must not become a default.
/// </remarks>
public static class PoseModelMetadata
{
    private const string Prefix = "geoalign.";

    private static readonly string[] Keys =
    [
        "contract", "model", "image.height", "image.width", "image.patch", "image.mean", "image.std", "image.range", "image.channels",
        "image.resize", "pose.format", "pose.direction", "pose.axes", "pose.scale", "frames.min", "frames.max",
    ];

    /// <summary>Whether the metadata names a contract.</summary>
    public static bool HasContract(IReadOnlyDictionary<string, string> metadata) => metadata.ContainsKey(Prefix + "contract");

    /// <summary>Reads the conventions.</summary>
    /// <param name="metadata">Metadata of the model.</param>
    /// <param name="modelPath">Its file, for messages.</param>
    /// <exception cref="PoseModelException">Another contract, an unknown key or value, or a number that cannot be read.</exception>
    public static PoseModelConventions Read(IReadOnlyDictionary<string, string> metadata, string modelPath)
    {
        foreach (string key in metadata.Keys)
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal) && !Keys.Contains(key[Prefix.Length..]))
                throw new PoseModelException(modelPath, $"metadata key '{key}' is not one of {PoseModelConventions.Contract}: {string.Join(", ", Keys)}.");
        }

        Reader reader = new(metadata, modelPath);
        if (reader.Text("contract") is not PoseModelConventions.Contract)
            throw new PoseModelException(modelPath, $"metadata {Prefix}contract is '{reader.Text("contract")}', expected '{PoseModelConventions.Contract}'.");

        PoseModelConventions defaults = new();
        ImmutableArray<float> range = reader.Numbers("image.range", 2) ?? [0, 1];
        if (range is not ([0, 1] or [-1, 1] or [0, 255])) throw reader.Problem("image.range", "0,1 or -1,1 or 0,255");
        try
        {
            return new PoseModelConventions
            {
                HeightPixels = reader.Size("image.height"),
                WidthPixels = reader.Size("image.width"),
                PatchPixels = reader.Integer("image.patch") ?? defaults.PatchPixels,
                Normalisation = new PixelNormalisation
                {
                    Low = range[0],
                    High = range[1],
                    Mean = reader.Numbers("image.mean", 3) ?? PixelNormalisation.Unit.Mean,
                    Std = reader.Numbers("image.std", 3) ?? PixelNormalisation.Unit.Std,
                    Channels = reader.OneOf("image.channels", ("rgb", ChannelOrder.Rgb), ("bgr", ChannelOrder.Bgr)) ?? ChannelOrder.Rgb,
                },
                Resize = reader.OneOf(
                    "image.resize",
                    ("cover-lanczos-bicubic", ResizeMode.CoverLanczosBicubic), ("stretch-bicubic", ResizeMode.StretchBicubic), ("none", ResizeMode.None)) ?? defaults.Resize,
                Format = reader.OneOf(
                    "pose.format",
                    ("quat_xyzw", PoseFormat.QuaternionXyzw), ("quat_wxyz", PoseFormat.QuaternionWxyz), ("matrix_3x4", PoseFormat.Matrix3x4), ("matrix_4x4", PoseFormat.Matrix4x4)),
                Direction = reader.OneOf("pose.direction", ("c2w", PoseDirection.CameraToWorld), ("w2c", PoseDirection.WorldToCamera)) ?? defaults.Direction,
                Axes = reader.OneOf("pose.axes", ("opencv", PoseAxes.OpenCv), ("opengl", PoseAxes.OpenGl)) ?? defaults.Axes,
                Scale = reader.OneOf(
                    "pose.scale",
                    ("metric", TranslationScale.Metric), ("factored", TranslationScale.Factored), ("relative", TranslationScale.Relative)) ?? defaults.Scale,
                MinFrames = reader.Integer("frames.min") ?? defaults.MinFrames,
                MaxFrames = reader.Integer("frames.max") ?? defaults.MaxFrames,
                ModelName = reader.Text("model"),
            }.Validated();
        }
        catch (ArgumentException bad)
        {
            throw new PoseModelException(modelPath, $"metadata: {bad.Message}", bad);
        }
    }

    private readonly struct Reader(IReadOnlyDictionary<string, string> metadata, string modelPath)
    {
        public string? Text(string key) => metadata.TryGetValue(Prefix + key, out string? value) ? value.Trim() : null;

        public PoseModelException Problem(string key, string expected) =>
            new(modelPath, $"metadata {Prefix}{key} is '{Text(key)}', expected {expected}.");

        public int? Integer(string key)
        {
            if (Text(key) is not { } text) return null;
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Problem(key, "an integer");
        }

        public int? Size(string key) => Text(key) is "dynamic" ? null : Integer(key);

        public ImmutableArray<float>? Numbers(string key, int count)
        {
            if (Text(key) is not { } text) return null;
            string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
            var values = ImmutableArray.CreateBuilder<float>(count);
            foreach (string part in parts)
            {
                if (parts.Length != count || !float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float value))
                    throw Problem(key, $"{count} numbers separated by commas");
                values.Add(value);
            }

            return values.MoveToImmutable();
        }

        public T? OneOf<T>(string key, params ReadOnlySpan<(string Name, T Value)> values) where T : struct
        {
            if (Text(key) is not { } text) return null;
            List<string> names = [];
            foreach ((string name, T value) in values)
            {
                if (name == text) return value;
                names.Add(name);
            }

            throw Problem(key, string.Join(" or ", names));
        }
    }
}
