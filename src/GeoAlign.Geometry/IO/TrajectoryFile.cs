namespace GeoAlign.Geometry;

/// <summary>Reads and writes camera paths of any known format; a format's own class offers more.</summary>
public static class TrajectoryFile
{
    /// <summary>Recognises the format of a file or folder by its content.</summary>
    /// <exception cref="TrajectoryFormatException">The content is of no known format.</exception>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder of that name.</exception>
    public static TrajectoryFormat Detect(string path) => Directory.Exists(path)
        ? FormatDetection.OfFolder(path)
        : FormatDetection.OfFile(path, File.ReadAllBytes(path));

    /// <summary>Recognises the format of a file by its bytes; <paramref name="name"/> stands for it in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">The content is of no known format.</exception>
    public static TrajectoryFormat Detect(ReadOnlySpan<byte> content, string name) => FormatDetection.OfContent(content, name);

    /// <summary>Reads a file or folder.</summary>
    /// <param name="path">A file; for COLMAP and OmniWorld the folder, or its images file or split_info.json.</param>
    /// <param name="options">Format and choices; null detects the format and takes what is unambiguous.</param>
    /// <exception cref="TrajectoryFormatException">The content breaks its format or is of no known one.</exception>
    /// <exception cref="ArgumentException">
    /// The file holds several paths and the options choose none, or one that does not exist.
    /// </exception>
    public static RecordedTrajectory Read(string path, TrajectoryReadOptions? options = null)
    {
        options ??= new TrajectoryReadOptions();
        TrajectoryFormat format = options.Format ?? Detect(path);
        return format switch
        {
            TrajectoryFormat.ColmapText or TrajectoryFormat.ColmapBinary =>
                ColmapModel.Read(FolderOf(path), format).ToTrajectory(options.ColmapOrder),
            TrajectoryFormat.OmniWorld => ReadOmniWorld(FolderOf(path), options.Split),
            TrajectoryFormat.Vipe => VipeFormat.Read(path),
            _ => Parse(File.ReadAllBytes(path), path, options with { Format = format }),
        };
    }

    /// <summary>Reads a stream to its end; for formats of one file.</summary>
    /// <inheritdoc cref="Parse"/>
    public static RecordedTrajectory Read(Stream stream, string name, TrajectoryReadOptions? options = null) =>
        Parse(SourceBytes.ReadAll(stream).Span, name, options);

    /// <summary>Reads the bytes of a file; for formats of one file.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Name of the source in error messages.</param>
    /// <param name="options">Format and choices; null detects the format and takes what is unambiguous.</param>
    /// <exception cref="TrajectoryFormatException">The content breaks its format or is of no known one.</exception>
    /// <exception cref="NotSupportedException">The format needs the other files of its folder.</exception>
    /// <exception cref="ArgumentException">
    /// The file holds several paths and the options choose none, or one that does not exist.
    /// </exception>
    public static RecordedTrajectory Parse(ReadOnlySpan<byte> content, string name, TrajectoryReadOptions? options = null)
    {
        options ??= new TrajectoryReadOptions();
        TrajectoryFormat format = options.Format ?? Detect(content, name);
        return format switch
        {
            TrajectoryFormat.Tum => new RecordedTrajectory(TumRows.Parse(content, name, options.DropNaNTail), hasMetricScale: true),
            TrajectoryFormat.Kitti => new RecordedTrajectory(KittiFormat.Parse(content, name), hasMetricScale: true),
            TrajectoryFormat.RealEstate10K => RealEstate10KFormat.Parse(content, name),
            TrajectoryFormat.CityWalker => CityWalkerFormat.Parse(content, name, options.DropNaNTail),
            TrajectoryFormat.ReCamMaster =>
                new RecordedTrajectory(CameraOf(ReCamMasterCameras.Parse(content, name), name, options.CameraId), hasMetricScale: true),
            TrajectoryFormat.Nerfstudio => NerfstudioFormat.Parse(content, name, options.UndoAppliedTransform),
            TrajectoryFormat.Vipe => VipeFormat.Parse(content, name),
            TrajectoryFormat.Numpy => NumpyFormat.Parse(content, name, options.Member, options.WorldToCamera),
            _ => throw new NotSupportedException($"{name}: {format} spreads over several files; read it from its folder."),
        };
    }

    /// <summary>Writes a path; existing files are replaced.</summary>
    /// <param name="path">A file; for COLMAP and OmniWorld a folder; for ViPE the pose file (…/pose/NAME.npz).</param>
    /// <param name="recorded">Poses and what the format needs beside them.</param>
    /// <param name="format">The format. ReCamMaster files get the one camera cam01.</param>
    /// <exception cref="ArgumentException">The path lacks something that the format holds; the message says what.</exception>
    /// <exception cref="NotSupportedException">The format is only read (CityWalker).</exception>
    public static void Write(string path, RecordedTrajectory recorded, TrajectoryFormat format)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        switch (format)
        {
            case TrajectoryFormat.Tum:
                TumFormat.Write(path, recorded.Trajectory);
                break;
            case TrajectoryFormat.Kitti:
                KittiFormat.Write(path, recorded.Trajectory);
                break;
            case TrajectoryFormat.RealEstate10K:
                RealEstate10KFormat.Write(path, recorded);
                break;
            case TrajectoryFormat.ReCamMaster:
                ReCamMasterCameras.Write(path, [KeyValuePair.Create("cam01", recorded.Trajectory)]);
                break;
            case TrajectoryFormat.OmniWorld:
                OmniWorldFormat.Write(path, [recorded]);
                break;
            case TrajectoryFormat.ColmapText:
                ColmapModel.From(recorded).WriteText(path);
                break;
            case TrajectoryFormat.ColmapBinary:
                ColmapModel.From(recorded).WriteBinary(path);
                break;
            case TrajectoryFormat.Nerfstudio:
                NerfstudioFormat.Write(path, recorded);
                break;
            case TrajectoryFormat.Vipe:
                VipeFormat.Write(path, recorded);
                break;
            case TrajectoryFormat.Numpy:
                NumpyFormat.Write(path, recorded.Trajectory);
                break;
            default:
                throw new NotSupportedException($"{format} files are not written; their rows are those of TUM.");
        }
    }

    /// <summary>Writes a metric path without intrinsics; for the formats that need none.</summary>
    /// <inheritdoc cref="Write(string, RecordedTrajectory, TrajectoryFormat)"/>
    public static void Write(string path, CameraTrajectory trajectory, TrajectoryFormat format) =>
        Write(path, new RecordedTrajectory(trajectory, hasMetricScale: true), format);

    private static string FolderOf(string path) => Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static RecordedTrajectory ReadOmniWorld(string folder, int? split)
    {
        if (split is null)
        {
            string info = Path.Combine(folder, "split_info.json");
            int count = OmniWorldFormat.ParseSplits(File.ReadAllBytes(info), info).Count;
            if (count > 1)
                throw new ArgumentException(
                    $"{info} lists splits 0 to {count - 1}; choose one by {nameof(TrajectoryReadOptions.Split)}.", nameof(split));
        }

        return OmniWorldFormat.Read(folder, split ?? 0);
    }

    private static CameraTrajectory CameraOf(ReCamMasterCameras cameras, string name, string? cameraId)
    {
        if (cameraId is null && cameras.CameraIds.Count > 1)
            throw new ArgumentException(
                $"{name} holds the cameras {SourceText.Names(cameras.CameraIds)}; choose one by {nameof(TrajectoryReadOptions.CameraId)}.", nameof(cameraId));
        return cameras.InScene(cameraId ?? cameras.CameraIds[0]);
    }
}
