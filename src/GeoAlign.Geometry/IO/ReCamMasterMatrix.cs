namespace GeoAlign.Geometry;

/// <summary>One pose as the <c>camera_extrinsics.json</c> of MultiCamVideo writes it: four bracketed rows of numbers.</summary>
/// <remarks>
/// The rows are the camera's forward, right and up direction and its location in centimetres, in Unreal's left-handed world
/// (X forward, Y right, Z up): the transpose of an affine matrix for column vectors. The world is mapped to a right-handed one by
/// <see cref="AxisConventions.WorldFromUnreal"/>; that constant map cancels in relative poses.
/// </remarks>
internal static class ReCamMasterMatrix
{
    public const string Expected = "expected four rows like [a b c 0] [d e f 0] [g h i 0] [tx ty tz 1]";
    private const double LastColumnTolerance = 1e-6;

    /// <summary>Twelve numbers: the row-major 3×4 camera-to-world matrix, OpenCV axes, metres, digits as in the file.</summary>
    /// <returns>Null, or what is wrong and what was expected.</returns>
    public static string? ProblemOf(ReadOnlySpan<byte> text, Span<double> cameraToWorld3x4)
    {
        Span<double> rows = stackalloc double[12];
        for (int row = 0; row < 4; row++)
        {
            if (ProblemOfRow(ref text, row, rows.Slice(3 * row, 3)) is { } problem) return problem;
        }

        text = text.TrimStart(" \t"u8);
        if (!text.IsEmpty) return $"{SourceText.Excerpt(text)} after the fourth row, {Expected}";

        (Vector3d forward, Vector3d right) = (World(rows), World(rows[3..]));
        (Vector3d up, Vector3d location) = (World(rows[6..]), World(rows[9..]));
        for (int axis = 0; axis < 3; axis++)
        {
            cameraToWorld3x4[4 * axis] = right[axis];
            cameraToWorld3x4[4 * axis + 1] = -up[axis];
            cameraToWorld3x4[4 * axis + 2] = forward[axis];
            cameraToWorld3x4[4 * axis + 3] = location[axis] / 100;
        }

        return null;
    }

    private static Vector3d World(ReadOnlySpan<double> unreal) => AxisConventions.WorldFromUnreal(new(unreal[0], unreal[1], unreal[2]));

    private static string? ProblemOfRow(ref ReadOnlySpan<byte> text, int row, scoped Span<double> numbers)
    {
        text = text.TrimStart(" \t"u8);
        if (text.IsEmpty) return $"{row} rows, {Expected}";
        if (text[0] != '[') return $"{SourceText.Excerpt(text)} where row {row + 1} begins, {Expected}";

        int end = text.IndexOf((byte)']');
        if (end < 0) return $"row {row + 1} has no closing bracket, {Expected}";

        ReadOnlySpan<byte> body = text[1..end].Trim(" \t"u8);
        text = text[(end + 1)..];
        int count = 0;
        while (!body.IsEmpty)
        {
            int blank = body.IndexOfAny(" \t"u8);
            ReadOnlySpan<byte> token = blank < 0 ? body : body[..blank];
            body = blank < 0 ? default : body[blank..].TrimStart(" \t"u8);
            if (NumberToken.ProblemOf(token, out double value) is { } problem) return $"{problem} in row {row + 1}, {Expected}";
            if (count < 3) numbers[count] = value;
            else if (count == 3 && !(Math.Abs(value - (row == 3 ? 1 : 0)) <= LastColumnTolerance))
                return $"row {row + 1} ends in {SourceText.Excerpt(token)}, {Expected}";
            count++;
        }

        return count is 3 or 4 ? null : $"{count} numbers in row {row + 1}, {Expected}";
    }
}
