using System.Globalization;
using System.Runtime.CompilerServices;

namespace GeoAlign.Reporting.Html;

/// <summary>Interpolated markup: literals go to the writer as they are, values escaped. Forgetting to escape is not possible this way.</summary>
[InterpolatedStringHandler]
internal readonly ref struct EscapedHtml
{
    private readonly HtmlWriter _html;

    public EscapedHtml(int literalLength, int formattedCount, HtmlWriter html) => _html = html;

    public void AppendLiteral(string markup) => _html.AppendMarkup(markup);

    public void AppendFormatted(string? text) => _html.AppendText(text);

    public void AppendFormatted(int number) => _html.AppendText(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => _html.AppendText(number.ToString("R", CultureInfo.InvariantCulture));
}
