using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace GeoAlign.Rewards;

/// <summary>Inputs and outputs of a pose model file, checked against the contract.</summary>
internal sealed class PoseModelSignature
{
    private const string Quaternions = "cam_quats", Translations = "cam_trans", Scale = "metric_scaling_factor";
    private const string Confidence = "conf", ValidMask = "valid_mask", FrameConfidence = "frame_confidence";

    private static readonly string[] MatrixNames = ["camera_poses", "extrinsics"];
    private static readonly string[] Optional = [Scale, Confidence, ValidMask, FrameConfidence];

    private string _poseName = "";

    public bool HasBatchAxis { get; private init; }

    public int? Scenes { get; private init; }

    public int? Frames { get; private init; }

    public ImageSize? Size { get; private init; }

    public TensorElementType InputType { get; private init; }

    public required PoseModelConventions Conventions { get; init; }

    /// <summary>The outputs that are asked for.</summary>
    public List<string> OutputNames { get; } = [];

    public static PoseModelSignature Of(InferenceSession session, PoseModelConventions conventions, string path, bool explicitConventions)
    {
        if (!session.InputMetadata.TryGetValue(conventions.InputName, out NodeMetadata? input))
            throw new PoseModelException(path, $"no input '{conventions.InputName}'; its inputs are {string.Join(", ", session.InputMetadata.Keys)}.");
        if (session.InputMetadata.Count > 1)
            throw new PoseModelException(path, $"inputs {string.Join(", ", session.InputMetadata.Keys)}; expected only '{conventions.InputName}'.");

        string tensor = $"input '{conventions.InputName}'";
        ThrowUnlessFloat(input, tensor, path);
        int[] shape = input.Dimensions;
        if (shape.Length != 5 && !(shape.Length == 4 && explicitConventions))
        {
            throw new PoseModelException(path, $"{tensor} has rank {shape.Length}, expected 5 [batch, frames, 3, height, width]" +
                (shape.Length == 4 ? "; rank 4 [frames, 3, height, width] is taken only with explicit conventions." : "."));
        }

        if (shape[^3] is not (3 or < 0)) throw new PoseModelException(path, $"{tensor} has {shape[^3]} channels, expected 3.");
        PoseModelSignature signature = new()
        {
            Conventions = conventions,
            HasBatchAxis = shape.Length == 5,
            Scenes = shape.Length == 4 ? 1 : Fixed(shape[0]),
            Frames = Fixed(shape[^4]),
            Size = SizeOf(Fixed(shape[^1]), Fixed(shape[^2]), conventions, tensor, path),
            InputType = input.ElementDataType,
        };
        signature.FindOutputs(session, path);
        return signature;
    }

    public void ThrowUnlessFits(int scenes, int frames, ImageSize size, string path)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scenes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frames);
        if (Scenes is { } fixedScenes && scenes != fixedScenes) throw new ArgumentException($"{path}: {scenes} scenes in a run, the model takes {fixedScenes}.", nameof(scenes));
        if (Frames is { } fixedFrames && frames != fixedFrames) throw new ArgumentException($"{path}: a video has {frames} frames, the model takes {fixedFrames}.", nameof(frames));
        if (frames < Conventions.MinFrames) throw new ArgumentException($"{path}: a video has {frames} frames, the model takes at least {Conventions.MinFrames}.", nameof(frames));
        if (Conventions.MaxFrames > 0 && frames > Conventions.MaxFrames) throw new ArgumentException($"{path}: a video has {frames} frames, the model takes at most {Conventions.MaxFrames}.", nameof(frames));
        if (Size is { } fixedSize && size != fixedSize) throw new ArgumentException($"{path}: images of {size} pixels, the model takes {fixedSize}.", nameof(size));
    }

    public PoseModelOutput Read(IReadOnlyDictionary<string, OrtValue> values, int scenes, int frames, ImageSize size, string path)
    {
        float[] Take(string name, params ReadOnlySpan<long> rest) =>
            values.TryGetValue(name, out OrtValue? value) ? Numbers(name, value, scenes, frames, rest, path) : [];

        PoseFormat format = Format(values, path);
        bool quaternions = format is PoseFormat.QuaternionXyzw or PoseFormat.QuaternionWxyz;
        return new PoseModelOutput
        {
            Scenes = scenes,
            Frames = frames,
            Format = format,
            Rotations = quaternions ? Take(Quaternions, 4) : Take(_poseName, format == PoseFormat.Matrix3x4 ? 3 : 4, 4),
            Translations = quaternions ? Take(Translations, 3) : default(ReadOnlyMemory<float>),
            MetricScale = ScaleFactors(values, scenes, path),
            Confidence = Take(Confidence, size.HeightPixels, size.WidthPixels),
            ValidMask = Take(ValidMask, size.HeightPixels, size.WidthPixels),
            FrameConfidence = Take(FrameConfidence),
        };
    }

    private void FindOutputs(InferenceSession session, string path)
    {
        IReadOnlyDictionary<string, NodeMetadata> outputs = session.OutputMetadata;
        string[] forms = [.. MatrixNames.Prepend(Quaternions).Where(outputs.ContainsKey)];
        if (forms.Length != 1)
        {
            throw new PoseModelException(path, $"{(forms.Length == 0 ? "no pose output" : $"pose outputs {string.Join(" and ", forms)}")}; " +
                $"expected one of {Quaternions} with {Translations}, {string.Join(", ", MatrixNames)}. Its outputs are {string.Join(", ", outputs.Keys)}.");
        }

        _poseName = forms[0];
        bool quaternions = _poseName == Quaternions;
        if (quaternions && !outputs.ContainsKey(Translations)) throw new PoseModelException(path, $"output '{Quaternions}' without '{Translations}'.");
        if (Conventions.Format is { } format && quaternions != format is PoseFormat.QuaternionXyzw or PoseFormat.QuaternionWxyz)
            throw new PoseModelException(path, $"the pose format is {format}, but the pose output is '{_poseName}'.");
        if (Conventions.Scale == TranslationScale.Factored && !outputs.ContainsKey(Scale))
            throw new PoseModelException(path, $"its translations are to be multiplied by '{Scale}', which is not among its outputs ({string.Join(", ", outputs.Keys)}).");

        OutputNames.Add(_poseName);
        if (quaternions) OutputNames.Add(Translations);
        OutputNames.AddRange(Optional.Where(outputs.ContainsKey));
        foreach (string name in OutputNames) ThrowUnlessFloat(outputs[name], $"output '{name}'", path);
    }

    private PoseFormat Format(IReadOnlyDictionary<string, OrtValue> values, string path)
    {
        if (Conventions.Format is { } stated) return stated;
        if (_poseName == Quaternions) return PoseFormat.QuaternionXyzw;
        long[] shape = values[_poseName].GetTensorTypeAndShape().Shape;
        return shape.Length >= 2 && shape[^2] is 3 or 4 && shape[^1] == 4
            ? shape[^2] == 3 ? PoseFormat.Matrix3x4 : PoseFormat.Matrix4x4
            : throw WrongShape(_poseName, shape, "its last axes to be 3×4 or 4×4", path);
    }

    private static float[] ScaleFactors(IReadOnlyDictionary<string, OrtValue> values, int scenes, string path)
    {
        if (!values.TryGetValue(Scale, out OrtValue? value)) return [];
        float[] factors = Numbers(value);
        return factors.Length == scenes ? factors : throw WrongShape(Scale, value.GetTensorTypeAndShape().Shape, $"{scenes} numbers", path);
    }

    private float[] Numbers(string name, OrtValue value, int scenes, int frames, ReadOnlySpan<long> rest, string path)
    {
        long[] expected = HasBatchAxis ? [scenes, frames, .. rest] : [frames, .. rest];
        long[] actual = value.GetTensorTypeAndShape().Shape;
        return actual.AsSpan().SequenceEqual(expected) ? Numbers(value) : throw WrongShape(name, actual, $"[{string.Join(", ", expected)}]", path);
    }

    private static float[] Numbers(OrtValue value) => value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16
        ? Array.ConvertAll(value.GetTensorDataAsSpan<Float16>().ToArray(), x => (float)x)
        : value.GetTensorDataAsSpan<float>().ToArray();

    private static ImageSize? SizeOf(int? width, int? height, PoseModelConventions conventions, string tensor, string path)
    {
        if (width is { } w && conventions.WidthPixels is { } statedWidth && w != statedWidth)
            throw new PoseModelException(path, $"{tensor} is {w} pixels wide, its conventions say {statedWidth}.");
        if (height is { } h && conventions.HeightPixels is { } statedHeight && h != statedHeight)
            throw new PoseModelException(path, $"{tensor} is {h} pixels high, its conventions say {statedHeight}.");
        width ??= conventions.WidthPixels;
        height ??= conventions.HeightPixels;
        if (width is null != height is null)
            throw new PoseModelException(path, $"{tensor} has a fixed {(width is null ? "height" : "width")} and a free {(width is null ? "width" : "height")}; expected both fixed or both free.");
        return width is null ? null : new ImageSize(width.Value, height!.Value);
    }

    private static void ThrowUnlessFloat(NodeMetadata node, string tensor, string path)
    {
        if (!node.IsTensor || node.ElementDataType is not (TensorElementType.Float or TensorElementType.Float16))
            throw new PoseModelException(path, $"{tensor} is {(node.IsTensor ? node.ElementDataType : node.OnnxValueType)}, expected float32 or float16.");
    }

    private static PoseModelException WrongShape(string name, long[] actual, string expected, string path) =>
        new(path, $"output '{name}' has the shape [{string.Join(", ", actual)}], expected {expected}.");

    private static int? Fixed(int dimension) => dimension < 0 ? null : dimension;
}
