using System.Globalization;

namespace GeoAlign.Cli;

/// <summary>An inspection in words.</summary>
internal static class InspectionText
{
    public static void Write(TextWriter output, PathFile file, IReadOnlyList<PathFacts> paths, CameraSpread? spread)
    {
        FormatFacts format = FormatFacts.Of(file.Format);
        output.WriteLine(file.FilePath);
        List<(string, string)> head =
        [
            ("format", $"{format.Title} ({FormatNames.Of(file.Format)}), {(file.IsDetected ? $"recognised: {format.Recognition}" : "as told by --from")}"),
            ("in the file", format.Convention),
            ("lengths", $"{format.Units}{(paths[0].IsMetric ? format.PromisesMetres ? "" : ", taken as metres by --metres-per-unit" : ": not metric")}"),
        ];
        if (paths.Count > 1) head.Add((file.PathKind + "s", $"{paths.Count}: {string.Join(", ", paths.Select(p => p.Name))}"));
        if (spread is not null) head.Add(("first frame", Spread(spread)));
        if (paths.Count == 1) head.AddRange(LinesOf(paths[0]));
        TextTable.WritePairs(output, head);
        if (paths.Count > 1) WriteTable(output, paths);
        else foreach (Finding finding in paths[0].Findings) output.WriteLine($"  ! {finding.Message}");
    }

    private static List<(string, string)> LinesOf(PathFacts path)
    {
        string unit = path.LengthUnit;
        List<(string, string)> lines = [("frames", Frames(path))];
        if (path.Times is { } times) lines.Add(("times", string.Create(CultureInfo.InvariantCulture, $"{Figures.Of(times.LastSeconds - times.FirstSeconds)} s at {Figures.Of(times.FramesPerSecond)} frames per second{(times.FromOption ? " (--fps)" : $", from {times.FirstSeconds:0.######} s")}")));
        else lines.Add(("times", "none; --fps gives speeds per second"));
        lines.Add(("intrinsics", path.Lens is { } lens ? Lens(lens) : "none"));
        if (path.Source.Length > 0) lines.Add(("source", path.Source));
        if (path.Frames > 1)
        {
            lines.Add(("path", $"{Figures.Of(path.PathLength)} {unit} long; the end is {Figures.Of(path.StartToEnd)} {unit} from the start, the farthest point {Figures.Of(path.FarthestFromStart)} {unit} (frame {path.FarthestFrame})"));
            lines.Add(("extent", $"{Figures.Of(path.ExtentRightDownForward[0])} {unit} across, {Figures.Of(path.ExtentRightDownForward[1])} {unit} in height, {Figures.Of(path.ExtentRightDownForward[2])} {unit} along the first view"));
            lines.Add(("turn", $"{Figures.Of(path.TotalTurnDegrees)}° in all; the last view is {Figures.Of(path.StartToEndDegrees)}° from the first"));
            lines.Add(("speed", Speeds(path.TranslationPerFrame!, path.RotationPerFrame!)));
            if (path.TranslationPerSecond is { } perSecond) lines.Add(("", Speeds(perSecond, path.RotationPerSecond!)));
        }

        return lines;
    }

    private static string Spread(CameraSpread spread) => spread.Farthest.Distance == 0
        ? "all cameras in one place"
        : $"closest {spread.Closest.First} and {spread.Closest.Second}, {Figures.Of(spread.Closest.Distance)} m; farthest {spread.Farthest.First} and {spread.Farthest.Second}, {Figures.Of(spread.Farthest.Distance)} m";

    private static void WriteTable(TextWriter output, IReadOnlyList<PathFacts> paths)
    {
        bool perSecond = paths.All(p => p.TranslationPerSecond is not null);
        string unit = paths[0].LengthUnit, per = perSecond ? "s" : "frame";
        List<string[]> rows = [["", "frames", $"length {unit}", "turn °", $"top {unit}/{per}", $"top °/{per}"]];
        foreach (PathFacts p in paths)
        {
            rows.Add([p.Name, p.Frames.ToString(CultureInfo.InvariantCulture), Figures.Of(p.PathLength), Figures.Of(p.TotalTurnDegrees),
                Figures.Of((perSecond ? p.TranslationPerSecond : p.TranslationPerFrame)?.Maximum), Figures.Of((perSecond ? p.RotationPerSecond : p.RotationPerFrame)?.Maximum)]);
        }

        TextTable.Write(output, [.. rows.Select(r => (string[])["  " + r[0], .. r[1..]])]);
        foreach (IGrouping<string, (string Name, Finding Finding)> same in paths.SelectMany(p => p.Findings.Select(f => (p.Name, f))).GroupBy(f => f.f.Message))
            output.WriteLine($"  ! {(same.Count() == paths.Count ? "" : string.Join(", ", same.Select(s => s.Name)) + ": ")}{same.Key}");
    }

    private static string Frames(PathFacts path) => path.FrameNumbers is [var first, var last]
        ? $"{path.Frames}, numbered {first} to {last}{(path.MissingFrames > 0 ? $" with {path.MissingFrames} missing" : "")}"
        : path.Frames.ToString(CultureInfo.InvariantCulture);

    private static string Speeds(StepSpeeds translation, StepSpeeds rotation) =>
        $"median {Figures.Of(translation.Median)}, top {Figures.Of(translation.Maximum)} {translation.Unit} (frame {translation.MaximumFrame}); median {Figures.Of(rotation.Median)}, top {Figures.Of(rotation.Maximum)}{rotation.Unit} (frame {rotation.MaximumFrame})";

    private static string Lens(LensFacts lens)
    {
        string size = lens is { WidthPixels: { } w, HeightPixels: { } h } ? $" of {w}×{h} pixels" : lens.IsNormalised ? " (fractions of the image size)" : " pixels, image size not stated";
        string view = lens.HorizontalFieldOfViewDegrees is { } degrees ? $", {Figures.Of(degrees)}° across" : "";
        string kinds = lens.Distinct == 1 ? "the same for all frames" : $"{lens.Distinct} different ones, the first";
        return $"{kinds}: fx {Figures.Of(lens.Fx)}, fy {Figures.Of(lens.Fy)}, cx {Figures.Of(lens.Cx)}, cy {Figures.Of(lens.Cy)}{size}{view}{(lens.IsDistorted ? ", distorted" : "")}";
    }
}
