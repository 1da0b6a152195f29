using System.CommandLine;
using GeoAlign.Sampling;

namespace GeoAlign.Miniature;

/// <summary><c>world</c>: writes cases as ordinary clips and trajectory files.</summary>
internal static class WorldCommand
{
    public static Command Create()
    {
        Option<string> folder = new("--out") { Description = "Folder for clips, source and target paths.", DefaultValueFactory = _ => "miniature-world" };
        Option<int> count = new("--cases") { Description = "Number of cases.", DefaultValueFactory = _ => 20 };
        Option<MiniatureSet> set = new("--set") { Description = "Which set.", DefaultValueFactory = _ => MiniatureSet.Training };
        Option<ulong> seed = new("--seed") { Description = "Seed of the cases.", DefaultValueFactory = _ => 1ul };
        Option<int> frames = new("--frames") { Description = "Frames of a condition clip.", DefaultValueFactory = _ => 5 };
        Option<ClipFormat> format = new("--clips") { Description = "PngFrames (exact) or Mp4.", DefaultValueFactory = _ => ClipFormat.PngFrames };
        Command command = new("world", "Writes cases of the miniature world as condition clips and camera path files, which the training sample reads like any others.")
        {
            folder, count, set, seed, frames, format,
        };
        command.SetAction(async (parsed, stop) =>
        {
            MiniatureCase[] cases = [.. Enumerable.Range(0, parsed.GetValue(count)).Select(i =>
                MiniatureWorld.Draw(parsed.GetValue(seed), parsed.GetValue(set), i, parsed.GetValue(frames)))];
            string target = Path.GetFullPath(parsed.GetValue(folder)!);
            await CaseFiles.WriteAsync(
                target, cases, new RoomRenderer(Room.FromSeed(MiniatureNetwork.RoomSeed)), new VideoWriter(), new CaseFileOptions { Clips = parsed.GetValue(format) }, stop);
            parsed.InvocationConfiguration.Output.WriteLine($"{cases.Length} cases: clips, source and target paths (TUM), target/camera_extrinsics.json");
            parsed.InvocationConfiguration.Output.WriteLine(target);
        });
        return command;
    }
}
