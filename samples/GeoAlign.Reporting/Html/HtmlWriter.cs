using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace GeoAlign.Reporting.Html;

/// <summary>HTML under construction. Literal parts of an interpolated string are markup; what stands in braces is data and is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();
    private int _ids;

    /// <summary>Encoding of the file: UTF-8 without a mark at the start.</summary>
    public static UTF8Encoding Encoding { get; } = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds markup with escaped data: <c>html.Append($"&lt;p&gt;{text}&lt;/p&gt;")</c>.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The handler writes into this instance while the string is interpolated.")]
    public void Append([InterpolatedStringHandlerArgument("")] ref EscapedHtml html) => _ = html;

    /// <summary>Adds markup as it is: never data.</summary>
    public void AppendMarkup(string markup) => _text.Append(markup);

    /// <summary>Adds data, escaped for element content and for quoted attributes.</summary>
    public void AppendText(string? text) => _text.Append(WebUtility.HtmlEncode(text));

    /// <summary>A block's heading, where it has one.</summary>
    public void Heading(string title)
    {
        if (title.Length > 0) Append($"<h3>{title}</h3>");
    }

    /// <summary>A block's small print, where it has some.</summary>
    public void Note(string note)
    {
        if (note.Length > 0) Append($"<p class=note>{note}</p>");
    }

    /// <summary>
    /// Embeds JSON that a script reads. The encoder writes &lt;, &gt; and &amp; as \u escapes, so nothing in a string can end the script element.
    /// </summary>
    public void Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, JsonFormat.Options)) write(json);
        _text.Append("<script type=\"application/json\">").Append(Encoding.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)).Append("</script>");
    }

    /// <summary>An id that no other element of the page has.</summary>
    public string NextId(string kind) => $"{kind}-{++_ids}";

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
