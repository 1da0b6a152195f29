using System.CommandLine;
using GeoAlign.Reporting;

namespace GeoAlign.Miniature;

/// <summary><c>picture</c>: a PNG of a report, for a README.</summary>
internal static class PictureCommand
{
    public static Command Create()
    {
        Argument<string> report = new("report") { Description = "report.html" };
        Option<string> png = new("--out") { Description = "Picture to write.", DefaultValueFactory = _ => "report.png" };
        Option<int> width = new("--width") { Description = "Pixels.", DefaultValueFactory = _ => 1200 };
        Option<int> height = new("--height") { Description = "Pixels.", DefaultValueFactory = _ => 1400 };
        Command command = new("picture", "Takes a picture of a report with headless Chromium.") { report, png, width, height };
        command.SetAction((parsed, stop) => PagePicture.CaptureAsync(
            Path.GetFullPath(parsed.GetValue(report)!), Path.GetFullPath(parsed.GetValue(png)!), parsed.GetValue(width), parsed.GetValue(height), stop));
        return command;
    }
}
