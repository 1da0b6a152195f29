using System.Globalization;

namespace GeoAlign.Models;

/// <summary>Refuses inputs of the wrong size or with numbers that are not finite, before they reach native code.</summary>
internal static class FlowInputsCheck
{
    /// <summary>Throws for the first of the inputs that all networks have which does not fit.</summary>
    public static void Common(WanConfig config, FlowInputs inputs)
    {
        LatentShape shape = inputs.Shape;
        if (shape.Frames < 1 || shape.Height < 2 || shape.Width < 2 || shape.Height % 2 != 0 || shape.Width % 2 != 0)
            throw new ArgumentException($"{shape}: expected at least one frame and even rows and columns.", nameof(inputs));

        if (shape.Layout != config.Latents)
            throw new ArgumentException($"Latents of the layout {shape.Layout}, but the network works on {config.Latents}.", nameof(inputs));
        if (inputs.Text is null == config.HasText)
            throw new ArgumentException(config.HasText ? "The network takes text, but none is given." : "Text is given, but the network takes none.", nameof(inputs));
        if (inputs.Text is TokenFeatures text) CheckText(config, text, nameof(inputs.Text));
        if (inputs.NegativeText is TokenFeatures negative) CheckText(config, negative, nameof(inputs.NegativeText));
        CheckImage(config, inputs.Image);
    }

    /// <summary>Checks latents.</summary>
    public static void Latents(ReadOnlyMemory<float> latents, LatentShape shape, string name) =>
        Numbers(latents, shape.Count, name, $"[{shape.Layout.Channels}, {shape.Frames}, {shape.Height}, {shape.Width}]");

    /// <summary>Checks packed camera maps.</summary>
    public static void Camera(ReadOnlyMemory<float> maps, LatentShape shape, string name) => Numbers(
        maps, (long)shape.Layout.CameraChannels * shape.Frames * shape.HeightPixels * shape.WidthPixels, name,
        $"[{shape.Layout.CameraChannels}, {shape.Frames}, {shape.HeightPixels}, {shape.WidthPixels}]");

    private static void CheckText(WanConfig config, TokenFeatures text, string name)
    {
        if (text.Count < 1 || text.Count > config.TextTokens || text.Width != config.TextWidth)
        {
            throw new ArgumentException(
                $"{name} has {text.Count} features of width {text.Width}, expected 1 to {config.TextTokens} of width {config.TextWidth}.",
                name);
        }

        Numbers(text.Values, (long)text.Count * text.Width, name, $"[{text.Count}, {text.Width}]");
    }

    private static void CheckImage(WanConfig config, TokenFeatures? image)
    {
        if (image is null != config.ImageWidth is null)
        {
            throw new ArgumentException(image is null
                ? "The network has image input, but no image features are given."
                : "Image features are given, but the network has no image input.", nameof(image));
        }

        if (image is null) return;
        if (image.Count < 1 || image.Width != config.ImageWidth)
            throw new ArgumentException(
                $"Image has {image.Count} features of width {image.Width}, expected width {config.ImageWidth}.", nameof(image));
        Numbers(image.Values, (long)image.Count * image.Width, "Image", $"[{image.Count}, {image.Width}]");
    }

    /// <summary>Checks the count and finiteness of numbers.</summary>
    public static void Numbers(ReadOnlyMemory<float> values, long expected, string name, string shape)
    {
        if (values.Length != expected)
            throw new ArgumentException($"{name} has {values.Length} numbers, expected {expected} for {shape}.", name);
        int bad = values.Span.IndexOfAnyExceptFinite();
        if (bad < 0) return;
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"{name}[{bad}] is {values.Span[bad]}, expected a finite number."), name);
    }
}
