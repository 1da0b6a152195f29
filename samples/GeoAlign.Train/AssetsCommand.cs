using System.CommandLine;
using GeoAlign.Geometry;
using GeoAlign.Sampling;
using GeoAlign.Train.EmbeddedScene;

namespace GeoAlign.Train;

/// <summary>Makes the files of the embedded default again: the clip of the drawn room and the target moves.</summary>
internal static class AssetsCommand
{
    private const int Frames = 49, Width = 320, Height = 192;

    public static Command Create()
    {
        Option<DirectoryInfo> output = new("--output") { Description = "Folder to write into.", Required = true };
        Command command = new("make-assets", "Draws the embedded clip (walk.mp4) and writes the embedded target paths (paths.json).") { output };
        command.SetAction(async (parsed, stop) =>
        {
            DirectoryInfo folder = parsed.GetValue(output)!;
            folder.Create();
            byte[] pixels = [.. Walk.Path(Frames).SelectMany(pose => Room.Draw(pose, Width, Height, Walk.HorizontalFieldOfViewRadians))];
            VideoClip clip = new(pixels, new FrameSize(Width, Height), new FrameRate(Walk.FramesPerSecond));
            await new VideoWriter().WriteMp4Async(clip, Path.Combine(folder.FullName, "walk.mp4"), constantRateFactor: 23, stop);
            ReCamMasterCameras.Write(Path.Combine(folder.FullName, "paths.json"), Moves());
            parsed.InvocationConfiguration.Output.WriteLine($"wrote walk.mp4 ({Frames} frames, {Width}×{Height}) and paths.json to {folder.FullName}");
        });
        return command;
    }

    /// <summary>Simple moves in a scene of their own; their speed is set by the rescaling when they are drawn.</summary>
    private static KeyValuePair<string, CameraTrajectory>[] Moves() =>
    [
        new("pan_right", TrajectoryPresets.Pan(Frames, 0.5)),
        new("dolly_in", TrajectoryPresets.Dolly(Frames, 1.6)),
        new("truck_left", TrajectoryPresets.Truck(Frames, -1.2)),
        new("arc_right", TrajectoryPresets.Arc(Frames, 0.5, 3)),
        new("rise", TrajectoryPresets.Pedestal(Frames, 0.9)),
    ];
}
