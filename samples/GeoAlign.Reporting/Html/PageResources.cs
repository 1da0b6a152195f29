using System.Reflection;
using System.Security.Cryptography;

namespace GeoAlign.Reporting.Html;

/// <summary>The page's style and scripts, which are files of the folder page/ inside this assembly.</summary>
internal static class PageResources
{
    // Order matters: later files use what earlier ones define.
    private static readonly string[] Scripts = ["page.js", "plot.js", "line-chart.js", "histogram.js", "videos.js", "paths.js", "table.js", "start.js"];

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Read("report.css");

    /// <summary>All scripts as one, in one scope.</summary>
    public static string Script { get; } = "(() => {\n\"use strict\";\n" + string.Concat(Scripts.Select(Read)) + "})();\n";

    /// <summary>
    /// What the page may do: show and play what is in it, run exactly this script and style. Nothing may be fetched from anywhere.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; img-src data:; media-src data: blob:; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'";

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(HtmlWriter.Encoding.GetBytes(text)));

    private static string Read(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"GeoAlign.Reporting.page.{file}")
            ?? throw new InvalidOperationException($"The resource page/{file} is missing from this assembly.");
        using StreamReader reader = new(stream, HtmlWriter.Encoding);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
