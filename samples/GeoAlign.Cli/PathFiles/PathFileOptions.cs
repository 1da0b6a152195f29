using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>The options of every command that reads camera files.</summary>
/// <param name="meaningOfRate">What --fps is the rate of.</param>
internal sealed class PathFileOptions(string meaningOfRate = "Frames per second of files without time stamps.")
{
    private readonly Option<string?> _from = new("--from") { HelpName = "format", Description = $"Format of the file: {string.Join(", ", FormatNames.All)}. Default: recognised by its content." };
    private readonly Option<string?> _camera = new("--camera") { HelpName = "name", Description = "recammaster: camera of the file, such as cam03." };
    private readonly Option<int?> _split = new("--split") { HelpName = "number", Description = "omniworld: split of the scene, from 0." };
    private readonly Option<string?> _member = new("--member") { HelpName = "name", Description = "numpy: member of an archive that holds the poses." };
    private readonly Option<bool> _worldToCamera = new("--world-to-camera") { Description = "The file holds world-to-camera poses where its format says camera-to-world, or says nothing (numpy)." };
    private readonly Option<CameraAxes> _axes = new("--axes") { HelpName = "opencv|opengl", Description = "Camera axes in a file whose format does not fix them (numpy), or that breaks its rule: opencv (y down, z forward) or opengl (y up, z backward)." };
    private readonly Option<double?> _metresPerUnit = new("--metres-per-unit") { HelpName = "number", Description = "Metres per unit of length in the file; 1 says that its numbers are metres." };
    private readonly Option<bool> _dropNaNTail = new("--drop-nan-tail") { Description = "tum, citywalker: leave out rows of NaN at the end." };
    private readonly Option<bool> _undoTransform = new("--undo-applied-transform") { Description = "nerfstudio: take applied_transform out of the poses." };
    private readonly Option<bool> _byName = new("--order-by-name") { Description = "colmap: images in the order of their names instead of their numbers." };

    /// <summary>Frame rate of what has none of its own.</summary>
    public Option<double?> FramesPerSecond { get; } = new("--fps") { HelpName = "rate", Description = meaningOfRate };

    /// <summary>All but the frame rate: what concerns the file itself.</summary>
    public IReadOnlyList<Option> OfPath => [_from, _camera, _split, _member, _worldToCamera, _axes, _metresPerUnit, _dropNaNTail, _undoTransform, _byName];

    public PathFileOptions AddTo(Command command)
    {
        _from.AcceptOnlyFromAmong(FormatNames.All);
        _metresPerUnit.Validators.Add(Positive);
        FramesPerSecond.Validators.Add(Positive);
        foreach (Option option in (Option[])[_from, FramesPerSecond, _camera, _split, _member, _worldToCamera, _axes, _metresPerUnit, _dropNaNTail, _undoTransform, _byName]) command.Options.Add(option);
        return this;
    }

    public PathFileRequest Of(ParseResult parsed) => new()
    {
        Read = new TrajectoryReadOptions
        {
            Format = parsed.GetValue(_from) is { } name ? FormatNames.Parse(name) : null,
            CameraId = parsed.GetValue(_camera),
            Split = parsed.GetValue(_split),
            Member = parsed.GetValue(_member),
            DropNaNTail = parsed.GetValue(_dropNaNTail),
            UndoAppliedTransform = parsed.GetValue(_undoTransform),
            ColmapOrder = parsed.GetValue(_byName) ? ColmapOrder.Name : ColmapOrder.ImageId,
        },
        WorldToCamera = parsed.GetValue(_worldToCamera),
        Axes = parsed.GetValue(_axes),
        MetresPerUnit = parsed.GetValue(_metresPerUnit),
    };

    /// <summary>Refuses numbers that are not positive and finite; what is no number is refused by the parser.</summary>
    public static void Positive(OptionResult result)
    {
        foreach (string text in result.Tokens.Select(t => t.Value))
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !(value > 0 && double.IsFinite(value))) result.AddError($"{result.IdentifierToken?.Value} is {text}, expected a positive number.");
    }

    /// <summary>Refuses numbers that are negative or not finite.</summary>
    public static void NotNegative(OptionResult result)
    {
        foreach (string text in result.Tokens.Select(t => t.Value))
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !(value >= 0 && double.IsFinite(value))) result.AddError($"{result.IdentifierToken?.Value} is {text}, expected 0 or a positive number.");
    }
}
