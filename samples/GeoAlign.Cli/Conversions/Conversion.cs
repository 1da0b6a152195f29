using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>Makes a path fit a format, or says what is missing and what would be lost. Pure.</summary>
internal static class Conversion
{
    private static readonly (HeldData Data, string Name, string Words)[] Names =
    [
        (HeldData.Times, "times", "time stamps"), (HeldData.Intrinsics, "intrinsics", "intrinsics"), (HeldData.ImageSize, "image-size", "the image size"),
        (HeldData.FrameNumbers, "frame-numbers", "frame numbers"), (HeldData.ImageNames, "image-names", "image names"), (HeldData.Source, "source", "the video's address"),
    ];

    /// <summary>What can be dropped, as it is typed.</summary>
    public static string[] DropNames { get; } = [.. Names.Select(n => n.Name), "all"];

    public static HeldData ParseDrop(IEnumerable<string> names) =>
        names.Aggregate(HeldData.Nothing, (sum, name) => sum | (name == "all" ? Names.Aggregate(HeldData.Nothing, (all, n) => all | n.Data) : Names.Single(n => n.Name == name).Data));

    /// <summary>"time stamps, intrinsics".</summary>
    public static string InWords(HeldData data) => string.Join(", ", Names.Where(n => data.HasFlag(n.Data)).Select(n => n.Words));

    /// <summary>What a path holds beside its poses.</summary>
    public static HeldData HeldBy(RecordedTrajectory path)
    {
        HeldData held = HeldData.Nothing;
        if (path.Trajectory.HasTimestamps) held |= HeldData.Times;
        if (path.Intrinsics.Count > 0) held |= HeldData.Intrinsics;
        if (path.Intrinsics.Any(k => k.WidthPixels is not null)) held |= HeldData.ImageSize;
        if (path.FrameNumbers.Where((number, i) => number != i).Any()) held |= HeldData.FrameNumbers;
        if (path.ImageNames.Count > 0) held |= HeldData.ImageNames;
        if (path.Source.Length > 0) held |= HeldData.Source;
        return held;
    }

    /// <summary>What the format cannot hold of a path.</summary>
    public static HeldData LostIn(RecordedTrajectory path, TrajectoryFormat format)
    {
        HeldData holds = FormatFacts.Of(format).Holds, held = HeldBy(path);
        if (holds.HasFlag(HeldData.Times) && held.HasFlag(HeldData.Times)) held &= ~HeldData.FrameNumbers;      // gaps stay visible in the times
        if (!holds.HasFlag(HeldData.Intrinsics)) held &= ~HeldData.ImageSize;                                   // goes with the intrinsics
        return held & ~holds;
    }

    /// <summary>The path as it will be written.</summary>
    /// <exception cref="UsageException">Something is missing or would be lost; the message names the option.</exception>
    public static RecordedTrajectory Prepare(RecordedTrajectory path, ConversionRequest request)
    {
        string name = FormatNames.Of(request.To);
        FormatFacts facts = FormatFacts.Of(request.To);
        if (request.To != TrajectoryFormat.Numpy && (request.WorldToCamera || request.Axes != CameraAxes.OpenCv))
            throw new UsageException($"{name} fixes its own direction and axes; --write-world-to-camera and --write-axes are for numpy");
        if (!facts.Holds.HasFlag(HeldData.Intrinsics) && (request.FieldOfViewDegrees is not null || request.ImageSizePixels is not null)) throw new UsageException($"{name} holds no intrinsics; --fov and --size have no use");
        if (!facts.Holds.HasFlag(HeldData.Source) && request.Source is not null) throw new UsageException($"{name} holds no address; --source has no use");
        if (facts.PromisesMetres && !path.HasMetricScale)
            throw new UsageException($"{name} promises metres, and the file's scale is unknown: say --metres-per-unit N (1 if its lengths are metres), or give the path a speed with geoalign rescale");

        HeldData lost = LostIn(path, request.To) & ~request.MayDrop;                                            // of the file; what options add beside is no loss
        path = WithIntrinsics(path, request, name, facts.Holds);
        if (request.Source is { } source) path = new(path.Trajectory, path.HasMetricScale, path.Intrinsics, path.FrameNumbers, path.ImageNames) { Source = source };
        if (facts.Holds.HasFlag(HeldData.Times) && !path.Trajectory.HasTimestamps) throw new UsageException($"{name} needs time stamps: say --fps");
        if (facts.Holds.HasFlag(HeldData.Source) && path.Source.Length == 0) throw new UsageException($"{name} begins with the video's address: say --source URL");
        if (path.Intrinsics.Any(k => k.HasDistortion) && facts.Holds.HasFlag(HeldData.Intrinsics))
            throw new UsageException($"the lens is distorted and its terms are not carried, so {name} would describe another camera: undistort the images first, or say --drop intrinsics with --fov and --size for pinhole intrinsics");
        if (lost != HeldData.Nothing)
            throw new UsageException($"{name} cannot hold {InWords(lost)} of this path: say --drop {string.Join(' ', Names.Where(n => lost.HasFlag(n.Data)).Select(n => n.Name))} to go on without");

        return path.With(Turned(path.Trajectory, request), path.HasMetricScale);
    }

    private static RecordedTrajectory WithIntrinsics(RecordedTrajectory path, ConversionRequest request, string name, HeldData holds)
    {
        if (!holds.HasFlag(HeldData.Intrinsics)) return path;
        RecordedIntrinsics[] cameras = request.MayDrop.HasFlag(HeldData.Intrinsics) && request.FieldOfViewDegrees is not null ? [] : [.. path.Intrinsics];
        if (cameras.Length > 0 && request.FieldOfViewDegrees is not null) throw new UsageException("the file states intrinsics; --fov is for files without (--drop intrinsics takes it instead)");
        if (cameras.Length == 0 && request.FieldOfViewDegrees is { } degrees)
        {
            if (request.ImageSizePixels is not { } size) throw new UsageException("--fov needs the image size too: say --size WIDTHxHEIGHT");
            cameras = [.. Enumerable.Repeat(RecordedIntrinsics.From(CameraIntrinsics.FromHorizontalFieldOfView(double.DegreesToRadians(degrees), size.Width, size.Height)), path.Trajectory.Count)];
        }
        else if (cameras.Length == 0 && request.To != TrajectoryFormat.Vipe)
        {
            throw new UsageException($"{name} needs intrinsics, and the file has none: say --fov DEGREES and --size WIDTHxHEIGHT");
        }

        bool needsPixels = request.To != TrajectoryFormat.RealEstate10K;
        for (int i = 0; i < cameras.Length; i++)
        {
            if (request.ImageSizePixels is { } given)
            {
                if (cameras[i].WidthPixels is { } width && cameras[i].HeightPixels is { } height && (width, height) != given)
                    throw new UsageException($"the file states images of {width}x{height} pixels; --size {given.Width}x{given.Height} differs");
                cameras[i] = cameras[i] with { WidthPixels = given.Width, HeightPixels = given.Height };
            }

            bool needsSize = request.To != TrajectoryFormat.Vipe && request.To != TrajectoryFormat.OmniWorld && request.To != TrajectoryFormat.Nerfstudio;
            if (cameras[i].WidthPixels is null && (cameras[i].IsNormalised ? needsPixels : needsSize))
                throw new UsageException($"{name} needs the image size to express the intrinsics: say --size WIDTHxHEIGHT");
            if (needsPixels && cameras[i] is { IsNormalised: true, HasDistortion: false }) cameras[i] = RecordedIntrinsics.From(cameras[i].InPixels());
        }

        return path.With(cameras);
    }

    private static CameraTrajectory Turned(CameraTrajectory path, ConversionRequest request)
    {
        if (request.RelativeToFirst) path = path.RelativeToFirst();
        if (!request.WorldToCamera && request.Axes == CameraAxes.OpenCv) return path;
        SE3[] poses = path.CameraToWorld.ToArray();
        for (int i = 0; i < poses.Length; i++)
        {
            if (request.Axes == CameraAxes.OpenGl) poses[i] = AxisConventions.OpenGlFromOpenCv(poses[i]);
            if (request.WorldToCamera) poses[i] = poses[i].Inverse();
        }

        return new CameraTrajectory(poses, path.TimestampsSeconds);
    }
}
