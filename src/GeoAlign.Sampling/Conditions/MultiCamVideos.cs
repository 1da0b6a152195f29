namespace GeoAlign.Sampling;

/// <summary>Videos of MultiCamVideo, the data set of ReCamMaster: scenes of <c>videos/cam01.mp4 …</c> with the true cameras in <c>cameras/camera_extrinsics.json</c>.</summary>
/// <remarks>Every folder below the root that has both is a scene: <c>train/f18_aperture10/scene1</c> as well as <c>val/10basic_trajectories</c>.</remarks>
/// <param name="root">The data set, a part of it, or one scene.</param>
public sealed class MultiCamVideos(string root) : IConditionVideoSource
{
    /// <summary>The videos of all scenes, in natural order of scenes and cameras. Camera files are read when a clip is drawn.</summary>
    /// <exception cref="VideoException">The root does not exist, or holds no scene.</exception>
    public IReadOnlyList<ConditionVideo> List()
    {
        if (!Directory.Exists(root)) throw new VideoException(root, "there is no such folder.") { Kind = VideoProblem.Missing };
        List<ConditionVideo> videos = [];
        foreach (string scene in Scenes(root).OrderBy(s => s, NaturalOrder.Instance)) AddScene(scene, videos);
        return videos.Count > 0
            ? videos
            : throw new VideoException(root, "holds no scene of MultiCamVideo; expected folders with videos/cam01.mp4, … and cameras/camera_extrinsics.json.") { Kind = VideoProblem.Empty };
    }

    private static IEnumerable<string> Scenes(string folder)
    {
        if (File.Exists(Cameras(folder)) && Directory.Exists(Path.Combine(folder, "videos"))) return [folder];
        return SubFolders.Of(folder).SelectMany(Scenes);
    }

    private static string Cameras(string scene) => Path.Combine(scene, "cameras", "camera_extrinsics.json");

    private void AddScene(string scene, List<ConditionVideo> videos)
    {
        foreach (string path in Directory.EnumerateFiles(Path.Combine(scene, "videos"), "*.mp4").OrderBy(f => Path.GetFileName(f), NaturalOrder.Instance))
        {
            videos.Add(new ConditionVideo
            {
                Name = Path.GetRelativePath(root, path).Replace('\\', '/'),
                Path = path,
                Camera = new RecordedCamera(Cameras(scene), Path.GetFileNameWithoutExtension(path)),
                Prompt = SidecarPrompt.Of(path),
            });
        }
    }
}
