using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>How camera files are read: what the command line says about them.</summary>
internal sealed record PathFileRequest
{
    /// <summary>Format and choices; a camera or split that is not chosen means all.</summary>
    public TrajectoryReadOptions Read { get; init; } = new();

    /// <summary>Whether the file holds world-to-camera where its format says camera-to-world.</summary>
    public bool WorldToCamera { get; init; }

    /// <summary>Axes of the cameras in the file where they are not those of its format.</summary>
    public CameraAxes Axes { get; init; }

    /// <summary>Metres per unit of the file's lengths; null leaves them as they are.</summary>
    public double? MetresPerUnit { get; init; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="TrajectoryFormatException">The file breaks its format.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public PathFile Open(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) throw new FileNotFoundException($"There is no file or folder '{path}'.", path);
        TrajectoryFormat format = Read.Format ?? TrajectoryFile.Detect(path);
        RefuseWithoutUse(path, format);
        return new(path, format, Read.Format is null, [.. ReadAll(path, format).Select(p => p with { Recorded = Adjusted(p.Recorded) })]);
    }

    // An option that does nothing would be taken for one that did.
    private void RefuseWithoutUse(string path, TrajectoryFormat format)
    {
        Refuse(Read.CameraId is not null, "--camera", TrajectoryFormat.ReCamMaster);
        Refuse(Read.Split is not null, "--split", TrajectoryFormat.OmniWorld);
        Refuse(Read.Member is not null, "--member", TrajectoryFormat.Numpy);
        Refuse(Read.DropNaNTail, "--drop-nan-tail", TrajectoryFormat.Tum, TrajectoryFormat.CityWalker);
        Refuse(Read.UndoAppliedTransform, "--undo-applied-transform", TrajectoryFormat.Nerfstudio);
        Refuse(Read.ColmapOrder != ColmapOrder.ImageId, "--order-by-name", TrajectoryFormat.ColmapText, TrajectoryFormat.ColmapBinary);

        void Refuse(bool given, string option, params TrajectoryFormat[] formats)
        {
            if (given && !formats.Contains(format)) throw new UsageException($"{path} is a {FormatNames.Of(format)} file; {option} is for {string.Join(" and ", formats.Select(FormatNames.Of))}");
        }
    }

    private IEnumerable<NamedPath> ReadAll(string path, TrajectoryFormat format)
    {
        TrajectoryReadOptions options = Read with { Format = format };
        switch (format)
        {
            case TrajectoryFormat.ReCamMaster:
                ReCamMasterCameras cameras = ReCamMasterCameras.Read(path);
                if (options.CameraId is { } id && !cameras.CameraIds.Contains(id, StringComparer.Ordinal))
                    throw new UsageException($"{path} has no camera '{id}'; it has {string.Join(", ", cameras.CameraIds)}.");
                return cameras.CameraIds.Where(c => options.CameraId is null || c == options.CameraId).Select(c => new NamedPath(c, new(cameras.InScene(c), hasMetricScale: true)));
            case TrajectoryFormat.OmniWorld when options.Split is null:
                string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!, info = Path.Combine(folder, "split_info.json");
                int splits = OmniWorldFormat.ParseSplits(File.ReadAllBytes(info), info).Count;
                return Enumerable.Range(0, splits).Select(s => new NamedPath($"{s}", TrajectoryFile.Read(path, options with { Split = s })));
            default:
                return [new NamedPath(options.Split is { } split && format == TrajectoryFormat.OmniWorld ? $"{split}" : NameOf(path), TrajectoryFile.Read(path, options))];
        }
    }

    // As the file states it: first direction, then axes, then length.
    private RecordedTrajectory Adjusted(RecordedTrajectory recorded)
    {
        if (!WorldToCamera && Axes == CameraAxes.OpenCv && MetresPerUnit is null) return recorded;
        SE3[] poses = recorded.Trajectory.CameraToWorld.ToArray();
        for (int i = 0; i < poses.Length; i++)
        {
            if (WorldToCamera) poses[i] = poses[i].Inverse();
            if (Axes == CameraAxes.OpenGl) poses[i] = AxisConventions.OpenCvFromOpenGl(poses[i]);
            if (MetresPerUnit is { } metres) poses[i] = poses[i] with { Translation = metres * poses[i].Translation };
        }

        return recorded.With(new CameraTrajectory(poses, recorded.Trajectory.TimestampsSeconds), recorded.HasMetricScale || MetresPerUnit is not null);
    }

    private static string NameOf(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
}
