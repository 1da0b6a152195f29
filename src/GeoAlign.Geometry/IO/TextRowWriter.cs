using System.Globalization;
using System.Text;

namespace GeoAlign.Geometry;

/// <summary>
/// Writes rows of blank-separated values: UTF-8, invariant culture, 17 digits (every double is read back as it was), line ends <c>\n</c>.
/// </summary>
internal sealed class TextRowWriter(Stream stream) : IDisposable
{
    private readonly StreamWriter _writer = new(stream, new UTF8Encoding(false), bufferSize: -1, leaveOpen: true) { NewLine = "\n" };
    private bool _inRow;

    /// <summary>Adds a number to the row.</summary>
    public TextRowWriter Add(double value) => Add(value.ToString("G17", CultureInfo.InvariantCulture));

    /// <summary>Adds a whole number to the row.</summary>
    public TextRowWriter Add(long value) => Add(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds three numbers to the row.</summary>
    public TextRowWriter Add(Vector3d value) => Add(value.X).Add(value.Y).Add(value.Z);

    /// <summary>Adds the twelve numbers of the row-major 3×4 matrix.</summary>
    public TextRowWriter Add(SE3 pose)
    {
        Span<double> matrix = stackalloc double[12];
        pose.CopyToRowMajor3x4(matrix);
        foreach (double value in matrix) Add(value);
        return this;
    }

    /// <summary>Adds text to the row.</summary>
    public TextRowWriter Add(string value)
    {
        if (_inRow) _writer.Write(' ');
        _writer.Write(value);
        _inRow = true;
        return this;
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        _writer.WriteLine();
        _inRow = false;
    }

    /// <summary>Flushes; the stream stays open.</summary>
    public void Dispose() => _writer.Dispose();
}
