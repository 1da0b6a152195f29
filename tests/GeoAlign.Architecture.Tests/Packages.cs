using System.Reflection;

namespace GeoAlign.Architecture.Tests;

/// <summary>The five packages and what each may reference (beside the BCL).</summary>
internal static class Packages
{
    public static IReadOnlyDictionary<string, string[]> AllowedReferences { get; } = new Dictionary<string, string[]>
    {
        ["GeoAlign.Geometry"] = [],
        ["GeoAlign.Sampling"] = ["GeoAlign.Geometry"],
        ["GeoAlign.Rewards"] = ["GeoAlign.Geometry", "Microsoft.ML.OnnxRuntime", "System.Numerics.Tensors"],
        ["GeoAlign.Grpo"] = ["Google.Protobuf"],
        ["GeoAlign.Models"] = ["GeoAlign.Geometry", "GeoAlign.Grpo", "GeoAlign.Rewards", "GeoAlign.TorchSharp.System", "TorchSharp", "System.Numerics.Tensors", "Google.Protobuf"],
    };

    public static TheoryData<string> Names => [.. AllowedReferences.Keys];

    public static Assembly Load(string package) => Assembly.Load(package);
}
