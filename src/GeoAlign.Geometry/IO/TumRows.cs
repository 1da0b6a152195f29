using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>Rows <c>timestamp tx ty tz qx qy qz qw</c>, shared by TUM and CityWalker.</summary>
internal static class TumRows
{
    private const string Layout = "timestamp tx ty tz qx qy qz qw";
    private const int ShortestRow = 16;                         // eight digits, seven blanks, a line end

    /// <summary>Reads the rows; the poses are camera-to-world.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="name">Name in error messages.</param>
    /// <param name="dropNaNTail">Whether rows with NaN are dropped when no other row follows; otherwise they are refused.</param>
    public static CameraTrajectory Parse(ReadOnlySpan<byte> utf8, string name, bool dropNaNTail)
    {
        TextRows rows = new(utf8, name);
        int capacity = Math.Min(utf8.Count((byte)'\n') + 1, utf8.Length / ShortestRow + 1);
        SE3[] poses = new SE3[capacity];
        double[] times = new double[capacity];
        int count = 0, nanLine = 0;
        Span<double> values = stackalloc double[8];
        while (rows.NextRow(out ReadOnlySpan<byte> row))
        {
            rows.ReadNumbers(row, values, Layout, allowNaN: dropNaNTail);
            if (dropNaNTail && HasNaN(values))
            {
                nanLine = rows.Line;
                continue;
            }

            if (nanLine > 0) throw rows.Broken($"a pose after the NaN row of line {nanLine}, expected NaN rows at the end only");
            if (count > 0 && !(values[0] > times[count - 1])) throw rows.Broken(NotIncreasing(values[0], times[count - 1]));
            if (FileQuaternion.ProblemOf(values[7], values[4], values[5], values[6], out SO3 rotation) is { } problem)
                throw rows.Broken($"{problem} in qx qy qz qw");
            times[count] = values[0];
            poses[count++] = new SE3(rotation, new(values[1], values[2], values[3]));
        }

        if (count == 0) throw rows.Broken($"no pose, expected rows of 8 numbers ({Layout})");
        return new CameraTrajectory(poses.AsSpan(0, count), times.AsSpan(0, count));
    }

    private static bool HasNaN(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsNaN(value)) return true;
        }

        return false;
    }

    private static string NotIncreasing(double time, double before) => string.Create(CultureInfo.InvariantCulture,
        $"time stamp {time} after {before}, expected strictly increasing times");
}
