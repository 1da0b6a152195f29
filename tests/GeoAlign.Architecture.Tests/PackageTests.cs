using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace GeoAlign.Architecture.Tests;

/// <summary>The packages as somebody else gets them.</summary>
public class PackageTests(PackedPackages packed) : IClassFixture<PackedPackages>
{
    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void A_package_has_its_assembly_documentation_licence_readme_and_only_the_dependencies_it_may_have(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(FileOf(package));
        string[] files = [.. archive.Entries.Select(e => e.FullName)];
        XElement metadata = XDocument.Load(archive.Entries.Single(e => e.Name == $"{package}.nuspec").Open()).Root!.Elements().Single();
        XElement Of(string name) => metadata.Elements().Single(e => e.Name.LocalName == name);
        string[] dependencies = [.. metadata.Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => (string)e.Attribute("id")!)];

        Assert.Contains($"lib/net10.0/{package}.dll", files);
        Assert.Contains($"lib/net10.0/{package}.xml", files);
        Assert.Equal(File.ReadAllText(ReadmeOf(package)), Text(archive.GetEntry("README.md")!));
        Assert.Equal("Apache-2.0", Of("license").Value);
        Assert.NotEqual("Package Description", Of("description").Value);
        // Rewards brings ONNX Runtime to Models: a fact of the build, not a reference of its own.
        Assert.Empty(dependencies.Except([.. Packages.AllowedReferences[package], "Microsoft.ML.OnnxRuntime"]));
        Assert.Empty(Packages.AllowedReferences[package].Where(r => r.StartsWith("GeoAlign.", StringComparison.Ordinal) && r != "GeoAlign.TorchSharp.System")
            .Except([.. dependencies, .. dependencies.SelectMany(d => Packages.AllowedReferences.GetValueOrDefault(d, []))]));
    }

    [Fact]
    public void Every_package_can_be_added_to_a_new_project_alone_and_does_what_its_readme_says()
    {
        string[] packages = [.. Packages.AllowedReferences.Keys];
        File.WriteAllText(Path.Combine(packed.Folder, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{packed.Feed}" /></packageSources>
              <!-- What the packages need from others was restored for the repository. -->
              <fallbackPackageFolders><clear /><add key="restored" value="{OthersPackages()}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{Path.Combine(packed.Folder, "cache")}" /></config>
            </configuration>
            """);
        foreach (string package in packages) WriteProject(package);
        File.WriteAllText(Path.Combine(packed.Folder, "all.proj"), $"""
            <Project>
              <Target Name="Build"><MSBuild Projects="{Projects(packages)}" Targets="Restore" Properties="Step=restore" /><MSBuild Projects="{Projects(packages)}" BuildInParallel="true" /></Target>
            </Project>
            """);

        PackedPackages.Dotnet(packed.Folder, "msbuild", "all.proj", "-m", "-v:quiet", "-nologo");

        string[] others = [.. packages.Select(p => (Package: p, Prints: Run(p))).Where(p => p.Prints != Block(p.Package, "text"))
            .Select(p => $"The example of {p.Package} prints\n{p.Prints}")];
        Assert.True(others.Length == 0, string.Join('\n', others));
    }

    private string Run(string package)
    {
        string folder = Path.Combine(packed.Folder, "new", package);
        return PackedPackages.Dotnet(folder, Path.Combine(folder, "bin", "New.dll")).ReplaceLineEndings("\n");
    }

    // What this very test was restored from, without packages of GeoAlign that somebody may have used on this machine.
    private string OthersPackages()
    {
        string restored = PackedPackages.Dotnet(Repository.Root, "nuget", "locals", "global-packages", "--list").Split(": ", 2)[1].Trim();
        string others = Directory.CreateDirectory(Path.Combine(packed.Folder, "others")).FullName;
        foreach (string package in Directory.EnumerateDirectories(restored))
        {
            string name = Path.GetFileName(package);
            if (!name.StartsWith("geoalign.", StringComparison.OrdinalIgnoreCase)) Directory.CreateSymbolicLink(Path.Combine(others, name), package);
        }

        return others;
    }

    private static string Projects(IEnumerable<string> packages) => string.Join(';', packages.Select(p => Path.Combine("new", p, "New.csproj")));

    private void WriteProject(string package)
    {
        string folder = Directory.CreateDirectory(Path.Combine(packed.Folder, "new", package)).FullName;
        string version = Path.GetFileNameWithoutExtension(FileOf(package))[(package.Length + 1)..];
        File.WriteAllText(Path.Combine(folder, "New.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
                <OutputPath>bin/</OutputPath><AppendTargetFrameworkToOutputPath>false</AppendTargetFrameworkToOutputPath>
                <UseAppHost>false</UseAppHost><TreatWarningsAsErrors>true</TreatWarningsAsErrors><NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="[{version}]" />{Backend(package)}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Block(package, "csharp"));
    }

    // TorchSharp leaves the choice of libtorch to the application.
    private static string Backend(string package) => package != "GeoAlign.Models" || PackedPackages.TorchProvider == "system" ? ""
        : $"""<PackageReference Include="TorchSharp-cpu" Version="{XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion")
            .Single(e => (string?)e.Attribute("Include") == "TorchSharp").Attribute("Version")!.Value}" />""";

    private string FileOf(string package) => Directory.EnumerateFiles(packed.Feed, $"{package}.*.nupkg").Single();

    private static string ReadmeOf(string package) => Repository.File("src", package, "README.md");

    private static string Block(string package, string language)
    {
        string readme = File.ReadAllText(ReadmeOf(package)).ReplaceLineEndings("\n");
        return readme.Split($"```{language}\n", 2)[1].Split("```", 2)[0];
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using StreamReader reader = new(entry.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
