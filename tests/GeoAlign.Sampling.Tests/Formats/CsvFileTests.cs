namespace GeoAlign.Sampling.Tests.Formats;

public class CsvFileTests
{
    [Fact]
    public void Quotes_hold_commas_quotes_and_line_ends_and_lines_are_counted()
    {
        IReadOnlyList<CsvRow> rows = CsvFile.Parse("name,text\r\na,\"one, \"\"two\"\"\nthree\"\r\n\r\nb,\n,\"\"", "list.csv");

        Assert.Equal([1, 2, 5, 6], rows.Select(r => r.Line));
        Assert.Equal(["a", "one, \"two\"\nthree"], rows[1].Fields);
        Assert.Equal(["b", ""], rows[2].Fields);
        Assert.Equal(["", ""], rows[3].Fields);
    }

    [Theory]
    [InlineData("a,b\n1,2,3\n", "list.csv:2: 3 fields, expected 2 as in the heading")]
    [InlineData("a,b\n1,2\n\"x,y\nz", "list.csv:3: a quote is opened here and never closed")]
    [InlineData("a,b\n1,x\"y\"\n", "list.csv:2: a quote inside a field, expected the whole field in quotes")]
    [InlineData("a,b\n\"1\"2,3\n", "list.csv:2: '2' after a closing quote, expected a comma or the end of the line")]
    [InlineData("\n\r\n", "list.csv: is empty, expected a heading and rows of comma-separated values")]
    public void A_broken_file_is_refused_by_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<DataFormatException>(() => CsvFile.Parse(text, "list.csv")).Message);

    [Fact]
    public void Bytes_that_are_no_text_are_refused_by_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["list.csv"], [.. "\uFEFFa,b\n1,2\n"u8, 0xFF, .. ",3\n"u8]);

        DataFormatException error = Assert.Throws<DataFormatException>(() => CsvFile.Read(folder["list.csv"]));

        Assert.Equal((folder["list.csv"], 3), (error.Path, error.Line));
        File.WriteAllBytes(folder["list.csv"], [.. "\uFEFFa,b\n1,2\n"u8]);
        Assert.Equal("a", CsvFile.Read(folder["list.csv"])[0].Fields[0]);
    }
}
