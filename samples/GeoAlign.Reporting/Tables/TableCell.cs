namespace GeoAlign.Reporting;

/// <summary>A text or a number of a table. Texts and numbers become cells by themselves: <c>["pan left", 0.183]</c>.</summary>
public readonly record struct TableCell
{
    private TableCell(string? text, double? number) => (Text, Number) = (text, number);

    /// <summary>The text, or null for a number or a missing value.</summary>
    public string? Text { get; }

    /// <summary>The number, or null for a text or a missing value.</summary>
    public double? Number { get; }

    /// <summary>A text.</summary>
    public static implicit operator TableCell(string text) => new(text, null);

    /// <summary>A number; one that is not finite is missing.</summary>
    public static implicit operator TableCell(double number) => new(null, double.IsFinite(number) ? number : null);

    /// <summary>A number or a missing value.</summary>
    public static implicit operator TableCell(double? number) => number is { } value ? value : default(TableCell);
}
