using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using GeoAlign.Models;

namespace GeoAlign.Architecture.Tests;

/// <summary>Compiles examples with the compiler of the SDK that built this project, against the packages that stand beside it.</summary>
internal static partial class ExampleCompiler
{
    // The implicit usings of a project, the packages, and Torch as its own documentation uses it.
    private const string Usings =
        """
        global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        global using GeoAlign.Geometry; global using GeoAlign.Sampling; global using GeoAlign.Rewards; global using GeoAlign.Grpo; global using GeoAlign.Models; global using TorchSharp; global using static TorchSharp.torch;
        """;

    /// <summary>Problems as <c>page(line,column): error …</c>; none if all compile. What a nullable reference might be null in is a problem too.</summary>
    public static IReadOnlyList<string> Problems(IReadOnlyList<PageExample> examples)
    {
        string folder = Directory.CreateTempSubdirectory("geoalign-examples-").FullName;
        try
        {
            string source = Path.Combine(folder, "examples.cs"), answers = Path.Combine(folder, "arguments.rsp");
            File.WriteAllText(source, SourceOf(examples));
            File.WriteAllLines(answers,
            [
                "-nologo", "-noconfig", "-nostdlib+", "-target:library", "-langversion:latest", "-nullable:enable", "-warnaserror+:nullable", "-utf8output", $"-out:\"{Path.Combine(folder, "examples.dll")}\"",
                .. References().Select(path => $"-reference:\"{path}\""), $"\"{source}\"",
            ]);
            return [.. Compile(folder, answers).Split('\n').Where(line => line.Contains(": error ", StringComparison.Ordinal)).Select(line => line.Trim().Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A method per example, with its own directives around it; one that is continued goes on in the same method.
    private static string SourceOf(IReadOnlyList<PageExample> examples)
    {
        StringBuilder text = new(Usings);
        for (int i = 0; i < examples.Count; i++)
        {
            PageExample example = examples[i];
            int directives = example.Code.TakeWhile(line => UsingDirective().IsMatch(line)).Count();
            if (!example.Continues)
            {
                text.Append($"\n#line default\nnamespace Example{i} {{").AppendJoin(' ', example.Code.Take(directives));
                text.Append($"class Example : {typeof(GivenInExamples).FullName} {{ static async Task Run() {{ await Task.Yield();");
            }

            text.Append($"\n#line {example.Line + directives} \"{example.Page}\"\n").AppendJoin('\n', example.Code.Skip(directives));
            if (i == examples.Count - 1 || !examples[i + 1].Continues) text.Append("\n#line default\n} } }");
        }

        return text.Append('\n').ToString();
    }

    private static string Compile(string folder, string answers)
    {
        string compiler = typeof(ExampleCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CSharpCompiler").Value!;
        ProcessStartInfo start = new("dotnet", [compiler, "@" + answers]) { RedirectStandardOutput = true, WorkingDirectory = folder };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 || output.Contains(": error ", StringComparison.Ordinal) ? output : throw new InvalidOperationException($"{compiler} ended with {process.ExitCode}: {output}");
    }

    // What this process may load: the runtime and everything that the packages bring.
    private static IEnumerable<string> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Concat([typeof(ExampleCompiler).Assembly.Location, typeof(RedirectorConfig).Assembly.Location])
            .DistinctBy(Path.GetFileName);

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex UsingDirective();
}
