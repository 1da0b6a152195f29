using System.Globalization;
using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>CLIP's image encoder as Wan uses it: features of an image, taken before the last of its blocks.</summary>
/// <remarks>
/// Radford et al. 2021 (CLIP), open-clip's ViT-H/14; use and preprocessing: Wan2.1 <c>clip.py</c>. The image is resampled to a square whatever
/// its sides are: bicubic with a = −0.75, without antialiasing and without clamping. Device and number type are chosen when it is made.
/// </remarks>
public sealed class ClipImageEncoder : nn.Module
{
    private const int Colours = 3;

    // Mean and standard deviation of CLIP's training images, red, green and blue, in [0, 1].
    private static readonly float[] Mean = [0.48145466f, 0.4578275f, 0.40821073f], Deviation = [0.26862954f, 0.26130258f, 0.27577711f];

    private readonly Device _device;
    private readonly NumberFormats _formats;
    [ComponentName(Name = "visual")] private readonly ClipVisualTower _tower;

    internal ClipImageEncoder(ClipConfig config, Device device, ScalarType type) : base("clip")
    {
        Config = config.Validated();
        ParameterFactory make = new(device, new NumberFormats(type));
        (_device, _formats) = (device, make.Formats);
        _tower = new ClipVisualTower(make, config);
        RegisterComponents();
    }

    /// <summary>Sizes of the network.</summary>
    public ClipConfig Config { get; }

    /// <summary>An image encoder with the weights of a CLIP file. What belongs to the text encoder or follows the features stays unread.</summary>
    /// <param name="config">Sizes the file must have.</param>
    /// <param name="weights">Opened weight file; may be closed afterwards.</param>
    /// <param name="device">Where the network lives; the CPU if null.</param>
    /// <param name="type">Type of matrix products: Float32, BFloat16 or Float64. Norms, positions and sums stay at least Float32.</param>
    /// <exception cref="WeightMismatchException">A key is missing, unknown to CLIP or of another shape.</exception>
    public static ClipImageEncoder Load(ClipConfig config, IWeightSource weights, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        ClipImageEncoder network = new(config, device ?? CPU, type);
        try
        {
            Dictionary<string, WeightEntry> considered =
                new(weights.Entries.Where(entry => !ClipKeys.IsUnneeded(entry.Key, config)), StringComparer.Ordinal);
            WeightKeyReport.Compare(ModuleWeights.ShapesOf(network), considered).Require(weights.Path, KeyTolerance.None);
            ModuleWeights.Load(network, weights, KeyTolerance.Unused);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Features of an image.</summary>
    /// <param name="rgb">rgb24: <c>rows × columns × 3</c> bytes.</param>
    /// <param name="heightPixels">Rows.</param>
    /// <param name="widthPixels">Columns.</param>
    /// <exception cref="ArgumentException">The image has another size than it says.</exception>
    public TokenFeatures Encode(ReadOnlySpan<byte> rgb, int heightPixels, int widthPixels)
    {
        CheckSize(rgb.Length, heightPixels, widthPixels);
        int pixels = heightPixels * widthPixels;
        float[] image = new float[Colours * pixels];
        for (int i = 0; i < pixels; i++)
        {
            for (int colour = 0; colour < Colours; colour++) image[colour * pixels + i] = rgb[Colours * i + colour] / 127.5f - 1;
        }

        return Encode(image, heightPixels, widthPixels);
    }

    /// <summary>Features of an image.</summary>
    /// <param name="image"><c>[3, rows, columns]</c>, red, green and blue in [−1, 1].</param>
    /// <param name="heightPixels">Rows.</param>
    /// <param name="widthPixels">Columns.</param>
    /// <returns>The image's own token and one per patch: 257 × 1280 for the released network.</returns>
    /// <exception cref="ArgumentException">The image has another size than it says, or a number in it is not finite.</exception>
    /// <exception cref="InvalidOperationException">A feature is not finite.</exception>
    public TokenFeatures Encode(ReadOnlySpan<float> image, int heightPixels, int widthPixels)
    {
        CheckSize(image.Length, heightPixels, widthPixels);
        int bad = image.IndexOfAnyExceptFinite();
        if (bad >= 0)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"image[{bad}] is {image[bad]}, expected a finite number."), nameof(image));
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor pixels = HostTensors.From(image, [1, Colours, heightPixels, widthPixels], _formats.Exact, _device);
        float[] values = new float[Config.Tokens * Config.Width];
        HostTensors.Copy(Forward(pixels, null), values);
        bad = FiniteSearch.IndexOfAnyExceptFinite(values);
        return bad < 0
            ? new TokenFeatures(Config.Tokens, Config.Width, values)
            : throw new InvalidOperationException($"Feature {bad % Config.Width} of token {bad / Config.Width} is {values[bad]}.");
    }

    /// <summary><c>[1, 3, rows, columns]</c> in [−1, 1] to <c>[1, tokens, width]</c>.</summary>
    internal Tensor Forward(Tensor image, Action<string, Tensor>? probe)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor resized = nn.functional.interpolate(
            image, size: [Config.ImagePixels, Config.ImagePixels], mode: InterpolationMode.Bicubic, align_corners: false);
        Tensor pixels = (resized * 0.5 + 0.5 - PerColour(Mean)) / PerColour(Deviation);
        probe?.Invoke("resized", resized);
        probe?.Invoke("pixels", pixels);
        return _tower.Apply(pixels, probe).MoveToOuterDisposeScope();
    }

    private Tensor PerColour(float[] values) => tensor(values, [1, Colours, 1, 1], dtype: _formats.Exact, device: _device);

    private static void CheckSize(int length, int heightPixels, int widthPixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heightPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(widthPixels, 1);
        if (length != (long)Colours * heightPixels * widthPixels)
            throw new ArgumentException($"The image has {length} numbers, expected 3 × {heightPixels} × {widthPixels}.");
    }
}
