using System.CommandLine;
using GeoAlign.Models;
using GeoAlign.Sampling;

namespace GeoAlign.Cli;

/// <summary><c>geoalign data preview</c>.</summary>
internal static class PreviewCommand
{
    public static Command Create()
    {
        Argument<string> config = new("config") { Description = "Data configuration: JSON with videos, targets, speeds (docs/data.md)." };
        Option<string> output = new("--output", "-o") { HelpName = "folder", Description = "Folder for the page, pictures and manifest.", DefaultValueFactory = _ => "data-preview" };
        Option<int> count = new("--count", "-n") { HelpName = "number", Description = "Conditions to draw.", DefaultValueFactory = _ => 8 };
        Option<int> first = new("--iteration") { HelpName = "number", Description = "Iteration to begin with.", DefaultValueFactory = _ => 0 };
        Option<long?> seed = new("--seed") { HelpName = "number", Description = "Seed. Default: that of the configuration." };
        Option<string?> poseModel = new("--pose-model") { HelpName = "file", Description = "Estimates the camera paths of the clips: an ONNX file by the contract pose-estimator/1 (docs/pose-estimator.md), or MapAnything: the folder of a release, or its .safetensors or .pth file." };
        Option<string> device = new("--device") { HelpName = "name", Description = "Device of a network with weights: cpu, cuda, cuda:1. ONNX files run on the CPU.", DefaultValueFactory = _ => "cpu" };
        Option<int> threads = new("--threads") { HelpName = "number", Description = "Threads of the network.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<bool> force = new("--force") { Description = "Replace the manifest in the folder. Without it, what is drawn must be what stands there." };
        Option<bool> countsOnly = new("--counts-only") { Description = "Draw and write the manifest, but no pictures and no page." };
        Option<bool> json = new("--json") { Description = "Write the summary as JSON." };
        ToolCommand command = new("preview", "Draws conditions as a run would and shows them: contact sheets, camera paths, speeds, and everything that was refused.")
        {
            Examples =
            [
                new("data.json", "eight conditions in data-preview/index.html"),
                new("data.json -n 100 --counts-only --json", "counts of rejections and of unreadable videos, for a program"),
                new("data.json --iteration 139 -n 1 --seed 7", "one condition of a run, drawn again by itself"),
            ],
        };
        command.Arguments.Add(config);
        foreach (Option option in (Option[])[output, count, first, seed, poseModel, device, threads, force, countsOnly, json]) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(count) < 1 || parsed.GetValue(first) < 0) throw new UsageException("--count is at least 1 and --iteration at least 0");
            TextWriter error = parsed.InvocationConfiguration.Error;
            string? model = parsed.GetValue(poseModel);
            using PoseNetwork? estimator = model is null ? null : PoseNetwork.Open(model, new PoseNetworkOptions { Device = parsed.GetValue(device)!, Threads = parsed.GetValue(threads) });
            DataConfiguration configuration = DataConfiguration.Read(parsed.GetValue(config)!);
            PreviewRequest request = new()
            {
                ConfigurationPath = parsed.GetValue(config)!,
                Folder = parsed.GetValue(output)!,
                Count = parsed.GetValue(count),
                FirstIteration = parsed.GetValue(first),
                Seed = parsed.GetValue(seed) ?? configuration.Seed,
                ReplaceManifest = parsed.GetValue(force),
                WithPictures = !parsed.GetValue(countsOnly),
            };
            ISourceCameraEstimator? cameras = estimator is null ? null : new PoseModelCameras(estimator, estimator.Identity);
            PreviewResult result = await new DataPreview(configuration, request, cameras, error).RunAsync(DateOnly.FromDateTime(DateTime.Now), stop);
            if (parsed.GetValue(json)) await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonOutput.Of(result));
            else PreviewText.Write(parsed.InvocationConfiguration.Output, result);
            return result.Failures.Count == 0 ? ExitCodes.Done : result.Conditions.Count > 0 ? ExitCodes.InPart : ExitCodes.Failed;
        });
        return command;
    }
}
