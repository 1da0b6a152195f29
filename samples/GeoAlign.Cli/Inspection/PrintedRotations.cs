using System.Globalization;
using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>How far the rotations printed in a file are from being rotations; readers replace them silently by the nearest ones.</summary>
internal static class PrintedRotations
{
    /// <summary>The largest deviation of a file that its reader accepted: |RᵀR − I| of matrices, ||q| − 1| of quaternions. Null for formats that are not measured.</summary>
    public static double? LargestDeviation(string path, TrajectoryFormat format, string? member) => format switch
    {
        TrajectoryFormat.Tum or TrajectoryFormat.CityWalker => Rows(path, 8).Max(row => Math.Abs(Math.Sqrt(row[4] * row[4] + row[5] * row[5] + row[6] * row[6] + row[7] * row[7]) - 1)),
        TrajectoryFormat.Kitti => Rows(path, 12).Max(row => Deviation(row, 0, 4)),
        TrajectoryFormat.RealEstate10K => Rows(path, 19).Max(row => Deviation(row, 7, 4)),
        TrajectoryFormat.Nerfstudio => Frames(path).Max(m => Deviation(m, 0, 4)),
        TrajectoryFormat.Numpy or TrajectoryFormat.Vipe => Arrays(path, member),
        _ => null,
    };

    private static double Deviation(ReadOnlySpan<double> m, int first, int stride)
    {
        double largest = 0;
        for (int a = 0; a < 3; a++)
        {
            for (int b = a; b < 3; b++)
            {
                double dot = 0;
                for (int row = 0; row < 3; row++) dot += m[first + row * stride + a] * m[first + row * stride + b];
                largest = Math.Max(largest, Math.Abs(dot - (a == b ? 1 : 0)));
            }
        }

        return largest;
    }

    // Rows of that many finite numbers; the reader has refused anything else but comments, a first line of text and dropped rows of NaN.
    private static IEnumerable<double[]> Rows(string path, int count)
    {
        foreach (string line in File.ReadLines(path))
        {
            string[] tokens = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (tokens.Length != count) continue;
            double[] row = new double[count];
            bool isRow = true;
            for (int i = 0; i < count; i++) isRow &= double.TryParse(tokens[i], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]) && double.IsFinite(row[i]);
            if (isRow) yield return row;
        }
    }

    private static IEnumerable<double[]> Frames(string path)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (JsonElement frame in json.RootElement.GetProperty("frames").EnumerateArray())
            yield return [.. frame.GetProperty("transform_matrix").EnumerateArray().SelectMany(row => row.EnumerateArray().Select(n => n.GetDouble()))];
    }

    private static double? Arrays(string path, string? member)
    {
        NpyArray array;
        using (FileStream stream = File.OpenRead(path))
        {
            if (stream.ReadByte() != 'P') array = NpyArray.Read(path);
            else if (NpzArchive.Read(path) is var archive && (member ?? (archive.Has("data") ? "data" : archive.Names.Count == 1 ? archive.Names.First() : null)) is { } name) array = archive[name];
            else return null;
        }

        if (array.IsInteger || array.Shape is not [int count, int rows and (3 or 4), 4]) return null;
        double largest = 0;
        for (int i = 0; i < count; i++) largest = Math.Max(largest, Deviation(array.Floats, 4 * rows * i, 4));
        return largest;
    }
}
