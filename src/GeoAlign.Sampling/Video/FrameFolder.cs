namespace GeoAlign.Sampling;

/// <summary>The pictures of a folder as the frames of a video: PNG or JPEG, in natural order of their names, all of one size.</summary>
internal sealed record FrameFolder(IReadOnlyList<string> Files, FrameSize Size)
{
    private static readonly string[] Png = [".png"], Jpeg = [".jpg", ".jpeg"];

    /// <summary>Lists a folder and checks every picture's header. Hidden files and files of other kinds are left out.</summary>
    /// <exception cref="VideoException">No picture, pictures of two kinds, or of two sizes.</exception>
    public static FrameFolder Open(string folder)
    {
        string[] pictures;
        try
        {
            pictures = [.. Pictures(folder).OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance)];
        }
        catch (UnauthorizedAccessException error)
        {
            throw new VideoException(folder, "may not be read by this user; change its permissions.", error) { Kind = VideoProblem.NoPermission };
        }

        if (pictures.Length == 0) throw new VideoException(folder, "the folder holds no .png, .jpg or .jpeg frames.") { Kind = VideoProblem.Empty };

        string? otherKind = Array.Find(pictures, f => Has(f, Png) != Has(pictures[0], Png));
        if (otherKind is not null)
            throw new VideoException(folder, $"the folder mixes PNG and JPEG frames ({Path.GetFileName(pictures[0])}, {Path.GetFileName(otherKind)}); expected one kind.") { Kind = VideoProblem.Unsupported };

        FrameSize size = ImageHeader.ReadSize(pictures[0]);
        foreach (string picture in pictures)
        {
            FrameSize other = ImageHeader.ReadSize(picture);
            if (other != size)
                throw new VideoException(picture, $"is {other} pixels, but {Path.GetFileName(pictures[0])} is {size}; expected frames of one size.") { Kind = VideoProblem.Unsupported };
        }

        return new(pictures, size);
    }

    /// <summary>Whether a folder holds any picture.</summary>
    public static bool HasPictures(string folder) => Pictures(folder).Any();

    private static IEnumerable<string> Pictures(string folder) =>
        Directory.EnumerateFiles(folder).Where(IsPicture);

    /// <summary>Whether a file counts as a frame, by its name: PNG or JPEG, not hidden.</summary>
    public static bool IsPicture(string file) => !Path.GetFileName(file).StartsWith('.') && (Has(file, Png) || Has(file, Jpeg));

    private static bool Has(string file, string[] extensions) =>
        extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);
}
