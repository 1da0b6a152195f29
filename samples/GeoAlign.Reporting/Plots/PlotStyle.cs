using System.Text;
using GeoAlign.Reporting.Html;

namespace GeoAlign.Reporting;

/// <summary>The style sheet of a plot. Plain colours, no variables: many programs that show SVG know none.</summary>
internal static class PlotStyle
{
    private sealed record Palette(string Page, string Card, string Ink, string Soft, string Line, string Grid, string Target, string Base, string Tuned, params string[] Tones);

    // The colours of the report page, so that a path looks the same in both.
    private static readonly Palette
        Light = new("#fbfbfa", "#ffffff", "#1c2430", "#5b6675", "#cfd5dc", "#e9ecf0", "#1c2430", "#c96f12", "#1f6fd1", "#1f6fd1", "#c96f12", "#26855a", "#8450b8", "#c2385f", "#64748b"),
        Dark = new("#14171c", "#1b1f26", "#e4e8ee", "#9aa5b4", "#3b434f", "#2a303a", "#e4e8ee", "#f0a04b", "#6aa9f7", "#6aa9f7", "#f0a04b", "#5fc796", "#bf94ea", "#f27f9f", "#a3b0c2");

    public static string Of(PlotColours colours) => colours switch
    {
        PlotColours.AsReader => Rules(Light) + "@media (prefers-color-scheme:dark){" + Rules(Dark) + "}",
        PlotColours.Light => Rules(Light),
        PlotColours.Dark => Rules(Dark),
        _ => throw new ArgumentOutOfRangeException(nameof(colours), colours, "No such colours."),
    };

    private static string Rules(Palette palette)
    {
        StringBuilder css = new();
        css.Append($".page{{fill:{palette.Page}}}.card{{fill:{palette.Card};stroke:{palette.Line}}}.ink{{fill:{palette.Ink}}}.soft{{fill:{palette.Soft}}}");
        css.Append($".grid{{stroke:{palette.Grid}}}.axis{{stroke:{palette.Soft}}}.bar{{stroke:{palette.Ink};stroke-width:2}}");
        foreach ((string name, string colour) in Tones(palette)) css.Append($".{name}{{stroke:{colour};color:{colour}}}.{name}-fill{{fill:{colour}}}");
        return css.ToString();
    }

    // The names of Html.Tones.
    private static IEnumerable<(string Name, string Colour)> Tones(Palette palette) =>
        [("tone-target", palette.Target), ("tone-base", palette.Base), ("tone-tuned", palette.Tuned), .. palette.Tones.Take(Html.Tones.PaletteSize).Select((colour, i) => ($"tone-{i}", colour))];
}
