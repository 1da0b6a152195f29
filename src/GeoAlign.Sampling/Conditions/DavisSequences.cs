namespace GeoAlign.Sampling;

/// <summary>Sequences of DAVIS: folders of JPEG frames below <c>JPEGImages/480p</c>, all of them or those of a list.</summary>
/// <remarks>
/// A list is one of <c>ImageSets</c>: a sequence name per line (2016 and 2017), or an image and its annotation per line (480p). The data set has
/// no frame rate; the caller states one (ReDirector's tool takes 30).
/// </remarks>
public sealed class DavisSequences : IConditionVideoSource
{
    private readonly string _images;
    private readonly string? _listPath;
    private readonly FrameRate _frameRate;

    /// <summary>Nothing is read yet.</summary>
    /// <param name="root">Folder that holds <c>JPEGImages</c>, or the sequences themselves.</param>
    /// <param name="frameRate">Rate to show the frames at.</param>
    /// <param name="listPath">List of sequences; null takes every sequence, in natural order.</param>
    /// <param name="resolution">Folder below <c>JPEGImages</c>.</param>
    /// <exception cref="VideoException">The folder does not exist.</exception>
    /// <exception cref="ArgumentException">No rate.</exception>
    public DavisSequences(string root, FrameRate frameRate, string? listPath = null, string resolution = "480p")
    {
        if (!frameRate.IsKnown) throw new ArgumentException("DAVIS has no frame rate of its own; state one.", nameof(frameRate));
        (_frameRate, _listPath) = (frameRate, listPath);
        string jpeg = Path.Combine(root, "JPEGImages");
        _images = !Directory.Exists(jpeg) ? root : Path.Combine(jpeg, resolution);
        if (!Directory.Exists(_images)) throw new VideoException(_images, "there is no such folder of sequences.") { Kind = VideoProblem.Missing };
    }

    /// <inheritdoc/>
    public IReadOnlyList<ConditionVideo> List()
    {
        string[] names = _listPath is null ? Everything() : [.. Listed(_listPath)];
        return [.. names.Select(name => new ConditionVideo
        {
            Name = name,
            Path = Path.Combine(_images, name),
            FolderFrameRate = _frameRate,
            Prompt = SidecarPrompt.Of(Path.Combine(_images, name)),
        })];
    }

    private string[] Everything()
    {
        string[] names = [.. Directory.EnumerateDirectories(_images).Where(FrameFolder.HasPictures).Select(folder => Path.GetFileName(folder)).Order(NaturalOrder.Instance)];
        return names.Length > 0 ? names : throw new VideoException(_images, "holds no folder of frames; expected one per sequence.") { Kind = VideoProblem.Empty };
    }

    private List<string> Listed(string listPath)
    {
        List<string> names = [];
        HashSet<string> listed = new(StringComparer.Ordinal), pictures = new(StringComparer.Ordinal);
        foreach ((int line, string text) in TextLines.NotBlank(listPath))
        {
            bool isPicture = text.Contains('/', StringComparison.Ordinal);
            string name = isPicture ? SequenceOfPicture(text, listPath, line, pictures) : text;
            if (name.AsSpan().IndexOfAny(" \t\\") >= 0 || name is "." or "..")
                throw new DataFormatException(listPath, line, $"'{text}' is no sequence, expected a name such as bear, or an image and its annotation");
            string folder = Path.Combine(_images, name);
            if (!Directory.Exists(folder) || !FrameFolder.HasPictures(folder))
                throw new DataFormatException(listPath, line, $"there is no sequence '{name}' with frames in {_images}");
            if (isPicture && names.Count > 0 && names[^1] == name) continue;                      // the next picture of the same sequence
            if (listed.Add(name)) names.Add(name);
            else throw new DataFormatException(listPath, line, $"the sequence '{name}' is listed already");
        }

        return names.Count > 0 ? names : throw new DataFormatException(listPath, 0, "is empty, expected a sequence per line");
    }

    // "/JPEGImages/480p/bear/00000.jpg /Annotations/480p/bear/00000.png": a line per frame.
    private string SequenceOfPicture(string text, string listPath, int line, HashSet<string> seen)
    {
        string picture = text.Split([' ', '\t'], 2)[0];
        string[] parts = picture.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 2) throw new DataFormatException(listPath, line, $"'{picture}' is no image of a sequence, expected such as /JPEGImages/480p/bear/00000.jpg");
        if (!File.Exists(Path.Combine(_images, parts[^2], parts[^1]))) throw new DataFormatException(listPath, line, $"there is no image {parts[^1]} of the sequence '{parts[^2]}' in {_images}");
        if (!seen.Add(picture)) throw new DataFormatException(listPath, line, $"the image {picture} is listed already");
        return parts[^2];
    }
}
