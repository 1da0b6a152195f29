namespace GeoAlign.Reporting.Html;

/// <summary>Names under which the style sheet knows colours.</summary>
internal static class Tones
{
    /// <summary>Colours of the palette; the style sheet has as many.</summary>
    public const int PaletteSize = 6;

    /// <summary>One tone per colour; automatic ones are numbered in order and start again after the last.</summary>
    public static string[] For(IEnumerable<SeriesColour> colours)
    {
        int automatic = 0;
        return [.. colours.Select(colour => colour switch
        {
            SeriesColour.Automatic => $"tone-{automatic++ % PaletteSize}",
            SeriesColour.Target => "tone-target",
            SeriesColour.Base => "tone-base",
            SeriesColour.Tuned => "tone-tuned",
            _ => throw new ArgumentOutOfRangeException(nameof(colours), colour, "No such colour."),
        })];
    }
}
