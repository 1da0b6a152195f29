using System.Runtime.CompilerServices;
using TorchSharp;

namespace GeoAlign.Miniature.Tests.Estimators;

/// <summary>Small networks gain nothing from several threads, and lose much where the cores are busy.</summary>
internal static class OneThread
{
#pragma warning disable CA2255 // A test assembly is an application: it may set its process up.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set() => torch.set_num_threads(1);
}
