using System.Reflection;

namespace GeoAlign.Architecture.Tests;

/// <summary>Arrows point downwards only (docs/architecture.md).</summary>
public class ReferenceTests
{
    [Theory, MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void A_package_references_only_what_the_design_allows(string package)
    {
        string[] allowed = Packages.AllowedReferences[package];

        string[] actual = [.. Packages.Load(package).GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !IsBaseLibrary(name) && !allowed.Contains(name))];

        Assert.True(actual.Length == 0, $"{package} references {string.Join(", ", actual)}; allowed: {string.Join(", ", allowed)}.");
    }

    [Fact]
    public void Rewards_and_Grpo_do_not_know_each_other()
    {
        Assert.DoesNotContain(Packages.Load("GeoAlign.Rewards").GetReferencedAssemblies(), a => a.Name == "GeoAlign.Grpo");
        Assert.DoesNotContain(Packages.Load("GeoAlign.Grpo").GetReferencedAssemblies(), a => a.Name == "GeoAlign.Rewards");
    }

    [Fact]
    public void Only_Models_touches_tensors_of_a_deep_learning_library()
    {
        foreach (string package in Packages.AllowedReferences.Keys.Where(p => p != "GeoAlign.Models"))
        {
            Assembly assembly = Packages.Load(package);

            Assert.DoesNotContain(assembly.GetReferencedAssemblies(), a => a.Name!.Contains("TorchSharp", StringComparison.Ordinal));
        }
    }

    private static bool IsBaseLibrary(string name) =>
        name is "netstandard" or "mscorlib" or "System.Private.CoreLib" or "Microsoft.Win32.Primitives"
        || (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.Numerics.Tensors");
}
