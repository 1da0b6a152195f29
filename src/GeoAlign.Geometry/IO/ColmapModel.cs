using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>Cameras and poses of a COLMAP model folder: <c>cameras</c> and <c>images</c>, as text or binary. Points are not kept.</summary>
/// <remarks>The files hold world-to-camera poses, quaternions (w, x, y, z) and OpenCV axes; poses given out are camera-to-world.</remarks>
public sealed class ColmapModel
{
    internal ColmapModel(IReadOnlyDictionary<uint, ColmapCamera> cameras, IReadOnlyList<ColmapImage> images)
    {
        Cameras = cameras;
        Images = images;
    }

    /// <summary>Cameras by number.</summary>
    public IReadOnlyDictionary<uint, ColmapCamera> Cameras { get; }

    /// <summary>Images by ascending number; at least one.</summary>
    public IReadOnlyList<ColmapImage> Images { get; }

    /// <summary>Reads a model folder; the binary files when both forms are there, as COLMAP does.</summary>
    /// <exception cref="TrajectoryFormatException">
    /// A file breaks the format; the message names file, line and what was expected.
    /// </exception>
    /// <exception cref="FileNotFoundException">The folder holds neither images.bin nor images.txt.</exception>
    public static ColmapModel Read(string folder)
    {
        if (File.Exists(Path.Combine(folder, "images.bin"))) return Read(folder, TrajectoryFormat.ColmapBinary);
        if (File.Exists(Path.Combine(folder, "images.txt"))) return Read(folder, TrajectoryFormat.ColmapText);
        throw new FileNotFoundException(
            $"{folder} holds no COLMAP model, expected images.bin or images.txt.", Path.Combine(folder, "images.txt"));
    }

    /// <summary>Reads the two text files; the names stand for them in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">A text breaks the format.</exception>
    public static ColmapModel ParseText(ReadOnlySpan<byte> cameras, string camerasName, ReadOnlySpan<byte> images, string imagesName)
    {
        Dictionary<uint, ColmapCamera> byId = ColmapText.ReadCameras(cameras, camerasName);
        return new ColmapModel(byId, ColmapText.ReadImages(images, imagesName, byId));
    }

    /// <summary>Reads the two binary files; the names stand for them in error messages.</summary>
    /// <exception cref="TrajectoryFormatException">A file breaks the format.</exception>
    public static ColmapModel ParseBinary(ReadOnlySpan<byte> cameras, string camerasName, ReadOnlySpan<byte> images, string imagesName)
    {
        Dictionary<uint, ColmapCamera> byId = ColmapBinary.ReadCameras(cameras, camerasName);
        return new ColmapModel(byId, ColmapBinary.ReadImages(images, imagesName, byId));
    }

    /// <summary>A model of pinhole cameras from a path: images are numbered from 1, equal intrinsics share a camera.</summary>
    /// <param name="recorded">Poses with intrinsics of known image size; unnamed images become frame_000000.png, ….</param>
    /// <exception cref="ArgumentException">
    /// Intrinsics or image sizes are missing, a lens is distorted, or an image name cannot be written.
    /// </exception>
    public static ColmapModel From(RecordedTrajectory recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Intrinsics.Count == 0)
            throw new ArgumentException("A COLMAP model needs intrinsics; the trajectory has none.", nameof(recorded));

        Dictionary<RecordedIntrinsics, ColmapCamera> cameras = [];
        List<ColmapImage> images = [];
        for (int i = 0; i < recorded.Trajectory.Count; i++)
        {
            RecordedIntrinsics k = recorded.Intrinsics[i];
            if (!cameras.TryGetValue(k, out ColmapCamera? camera)) cameras[k] = camera = Pinhole((uint)cameras.Count + 1, k, i);
            string name = recorded.ImageNames.Count > 0 ? recorded.ImageNames[i] : $"frame_{i:D6}.png";
            if (name.Length == 0 || name.Trim().Length != name.Length || name.AsSpan().ContainsAny('\0', '\r', '\n'))
                throw new ArgumentException(
                    $"Image name '{name}' of pose {i} is empty, begins or ends in a blank or spans lines.", nameof(recorded));
            images.Add(new ColmapImage((uint)i + 1, recorded.Trajectory[i], camera.Id, name));
        }

        return new ColmapModel(cameras.Values.ToDictionary(camera => camera.Id), images);
    }

    /// <summary>The images as a path, in reconstruction scale.</summary>
    public RecordedTrajectory ToTrajectory(ColmapOrder order = ColmapOrder.ImageId)
    {
        ColmapImage[] ordered = order switch
        {
            ColmapOrder.ImageId => [.. Images],
            ColmapOrder.Name => [.. Images.OrderBy(image => image.Name, StringComparer.Ordinal)],
            _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Expected ImageId or Name."),
        };
        return new RecordedTrajectory(
            new CameraTrajectory(Array.ConvertAll(ordered, image => image.CameraToWorld)),
            hasMetricScale: false,
            intrinsics: Array.ConvertAll(ordered, image => Cameras[image.CameraId].Intrinsics),
            imageNames: Array.ConvertAll(ordered, image => image.Name));
    }

    /// <summary>Writes cameras.txt, images.txt and an empty points3D.txt into a folder, which is created.</summary>
    public void WriteText(string folder)
    {
        Directory.CreateDirectory(folder);
        using FileStream cameras = File.Create(Path.Combine(folder, "cameras.txt"));
        ColmapText.WriteCameras(cameras, Cameras.Values);
        using FileStream images = File.Create(Path.Combine(folder, "images.txt"));
        ColmapText.WriteImages(images, Images);
        File.WriteAllText(Path.Combine(folder, "points3D.txt"), "# no points\n");
    }

    /// <summary>Writes cameras.bin, images.bin and an empty points3D.bin into a folder, which is created.</summary>
    public void WriteBinary(string folder)
    {
        Directory.CreateDirectory(folder);
        using FileStream cameras = File.Create(Path.Combine(folder, "cameras.bin"));
        ColmapBinary.WriteCameras(cameras, [.. Cameras.Values]);
        using FileStream images = File.Create(Path.Combine(folder, "images.bin"));
        ColmapBinary.WriteImages(images, Images);
        File.WriteAllBytes(Path.Combine(folder, "points3D.bin"), new byte[sizeof(ulong)]);
    }

    /// <summary>The complaint about an image whose camera does not exist.</summary>
    internal static string NoSuchCamera(uint cameraId, uint imageId, IEnumerable<uint> known)
    {
        string names = SourceText.Names(known.Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        return $"camera {cameraId} of image {imageId} does not exist, expected one of {names}";
    }

    /// <summary>Reads the text or the binary files of a folder.</summary>
    internal static ColmapModel Read(string folder, TrajectoryFormat form)
    {
        string extension = form == TrajectoryFormat.ColmapBinary ? ".bin" : ".txt";
        (string cameras, string images) = (Path.Combine(folder, "cameras" + extension), Path.Combine(folder, "images" + extension));
        (byte[] cameraBytes, byte[] imageBytes) = (File.ReadAllBytes(cameras), File.ReadAllBytes(images));
        return form == TrajectoryFormat.ColmapBinary
            ? ParseBinary(cameraBytes, cameras, imageBytes, images)
            : ParseText(cameraBytes, cameras, imageBytes, images);
    }

    private static ColmapCamera Pinhole(uint id, RecordedIntrinsics k, int pose)
    {
        if (k.HasDistortion)
            throw new ArgumentException(
                $"The lens of pose {pose} is distorted; its terms are not carried, so it cannot be written as a pinhole.", nameof(k));
        if (k.WidthPixels is null || k.HeightPixels is null)
            throw new ArgumentException($"The intrinsics of pose {pose} state no image size; set WidthPixels and HeightPixels.", nameof(k));
        CameraIntrinsics camera = k.InPixels();
        double[] parameters = [camera.FxPixels, camera.FyPixels, camera.CxPixels, camera.CyPixels];
        return new ColmapCamera(id, ColmapCameraModel.ByName("PINHOLE")!, camera.WidthPixels, camera.HeightPixels, parameters);
    }
}
