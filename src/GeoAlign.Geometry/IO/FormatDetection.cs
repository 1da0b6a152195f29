namespace GeoAlign.Geometry;

/// <summary>
/// Recognises formats by content; names of files matter only where the content says nothing (COLMAP's binary files have no mark).
/// </summary>
internal static class FormatDetection
{
    public static TrajectoryFormat OfFolder(string folder)
    {
        if (File.Exists(Path.Combine(folder, "images.bin"))) return TrajectoryFormat.ColmapBinary;
        if (File.Exists(Path.Combine(folder, "images.txt"))) return TrajectoryFormat.ColmapText;
        if (File.Exists(Path.Combine(folder, "split_info.json"))) return TrajectoryFormat.OmniWorld;
        throw new TrajectoryFormatException(
            folder, 0, "a folder of no known format, expected images.bin or images.txt (COLMAP) or split_info.json (OmniWorld)");
    }

    public static TrajectoryFormat OfFile(string path, ReadOnlySpan<byte> content) => Path.GetFileName(path) switch
    {
        "images.bin" => TrajectoryFormat.ColmapBinary,
        "images.txt" when File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "cameras.txt")) => TrajectoryFormat.ColmapText,
        _ => OfContent(content, path),
    };

    public static TrajectoryFormat OfContent(ReadOnlySpan<byte> content, string name)
    {
        if (content.StartsWith(NpyHeader.Magic)) return TrajectoryFormat.Numpy;
        if (content.StartsWith("PK"u8)) return OfArchive(NpzArchive.Parse(content, name));
        ReadOnlySpan<byte> text = SourceText.WithoutByteOrderMark(content).TrimStart(" \t\r\n"u8);
        return text.StartsWith("{"u8) ? OfJson(content, name) : OfText(content, name);
    }

    private static TrajectoryFormat OfArchive(NpzArchive archive) =>
        archive.Has("data") && archive.Has("inds") ? TrajectoryFormat.Vipe : TrajectoryFormat.Numpy;

    private static TrajectoryFormat OfJson(ReadOnlySpan<byte> utf8, string name)
    {
        JsonCursor json = new(utf8, name);
        json.OpenObject("an object");
        while (json.NextProperty(out string key))
        {
            switch (key)
            {
                case "frames" or "camera_model" or "camera_angle_x" or "fl_x":
                    return TrajectoryFormat.Nerfstudio;
                case "split":
                    return TrajectoryFormat.OmniWorld;
                case "quats" or "focals":
                    throw json.Broken("the cameras of one OmniWorld split, expected its scene folder, which says the frames");
                default:
                    if (ReCamMasterParser.TryParseFrame(key, out _)) return TrajectoryFormat.ReCamMaster;
                    json.SkipValue();
                    break;
            }
        }

        throw json.Broken("JSON of no known format, expected frames (nerfstudio), frame0, frame1, … (ReCamMaster) or split (OmniWorld)");
    }

    private static TrajectoryFormat OfText(ReadOnlySpan<byte> utf8, string name)
    {
        const string Expected = "expected rows of 8 numbers (TUM), 12 (KITTI), or a URL and rows of 19 (RealEstate10K)";
        TextRows rows = new(utf8, name);
        if (!rows.NextRow(out ReadOnlySpan<byte> row)) throw rows.Broken($"no rows, {Expected}");

        (int count, int leadingNumbers) = Count(row);
        if (leadingNumbers == count && count == 8) return TrajectoryFormat.Tum;
        if (leadingNumbers == count && count == 12) return TrajectoryFormat.Kitti;
        if (leadingNumbers >= 9 && count >= 10 && count > leadingNumbers) return TrajectoryFormat.ColmapText;
        TextRows ahead = rows;                                                          // the complaint below is about the first row
        if (leadingNumbers == 0 && ahead.NextRow(out ReadOnlySpan<byte> second) && Count(second) == (19, 19))
            return TrajectoryFormat.RealEstate10K;
        throw rows.Broken($"{SourceText.Excerpt(row)} begins text of no known format, {Expected}");
    }

    /// <summary>Number of tokens, and how many of them are numbers before the first that is none.</summary>
    private static (int Tokens, int LeadingNumbers) Count(ReadOnlySpan<byte> row)
    {
        int count = 0, numbers = 0;
        for (; !row.IsEmpty; count++)
        {
            if (NumberToken.TryParse(TextRows.TakeToken(ref row), out _) && numbers == count) numbers++;
        }

        return (count, numbers);
    }
}
