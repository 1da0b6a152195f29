using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using GeoAlign.Geometry;

namespace GeoAlign.Miniature;

/// <summary>
/// A closed box with six textured walls around the origin: the whole scene of the miniature world. Axes as those of an upright camera: x right,
/// y down, z forward; metres. Immutable.
/// </summary>
/// <remarks>Ours: the smallest scene in which a picture tells the metric pose of its camera and every view is rendered exactly.</remarks>
internal sealed class Room
{
    /// <summary>Half of the room's width: walls at x = ±2 m.</summary>
    public const double HalfWidthMetres = 2;

    /// <summary>Half of its height: ceiling at y = −1.5 m, floor at y = +1.5 m.</summary>
    public const double HalfHeightMetres = 1.5;

    /// <summary>Half of its depth: walls at z = ±2 m.</summary>
    public const double HalfDepthMetres = 2;

    // All walls, each [grid, grid] texels of (red, green, blue, 0) in [−1, 1]. Order −x, +x, −y, +y, −z, +z. A row runs along the later axis.
    private readonly Vector128<float>[] _texels;

    private Room(Vector128<float>[] texels) => _texels = texels;

    /// <summary>The room of a seed.</summary>
    public static Room FromSeed(ulong seed)
    {
        var texels = new Vector128<float>[6 * WallTexture.TexelCount];
        for (int wall = 0; wall < 6; wall++) WallTexture.Write(seed, wall, texels.AsSpan(wall * WallTexture.TexelCount, WallTexture.TexelCount));
        return new(texels);
    }

    /// <summary>Half of the room's size along an axis (0 = x, 1 = y, 2 = z), metres.</summary>
    public static double HalfExtentMetres(int axis) => axis switch
    {
        0 => HalfWidthMetres,
        1 => HalfHeightMetres,
        2 => HalfDepthMetres,
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "A room has the axes 0, 1 and 2."),
    };

    /// <summary>Whether a point is inside of the walls, and not on one.</summary>
    public static bool Contains(Vector3d point) =>
        Math.Abs(point.X) < HalfWidthMetres && Math.Abs(point.Y) < HalfHeightMetres && Math.Abs(point.Z) < HalfDepthMetres;

    /// <summary>Colour of the wall that a ray from inside of the room meets: (red, green, blue, 0) in [−1, 1].</summary>
    /// <remarks>The direction may have any length above 0. The nearest of the three walls it faces is met first.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> ColourAlong(double ox, double oy, double oz, double dx, double dy, double dz)
    {
        // A direction along a wall divides by 0: +∞, never NaN, since a point inside keeps its distance from every wall.
        double tx = (dx >= 0 ? HalfWidthMetres - ox : HalfWidthMetres + ox) / Math.Abs(dx);
        double ty = (dy >= 0 ? HalfHeightMetres - oy : HalfHeightMetres + oy) / Math.Abs(dy);
        double tz = (dz >= 0 ? HalfDepthMetres - oz : HalfDepthMetres + oz) / Math.Abs(dz);
        if (tz <= tx && tz <= ty) return Texel(dz >= 0 ? 5 : 4, ox + tz * dx, HalfWidthMetres, oy + tz * dy, HalfHeightMetres);
        if (tx <= ty) return Texel(dx >= 0 ? 1 : 0, oy + tx * dy, HalfHeightMetres, oz + tx * dz, HalfDepthMetres);
        return Texel(dy >= 0 ? 3 : 2, ox + ty * dx, HalfWidthMetres, oz + ty * dz, HalfDepthMetres);
    }

    // Bilinear between the four nearest texels; a and b are metres along the wall's earlier and later axis.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Texel(int wall, double a, double halfA, double b, double halfB)
    {
        const int last = WallTexture.GridSize - 1;
        double row = (a + halfA) * (last / (2 * halfA)), column = (b + halfB) * (last / (2 * halfB));
        int r = Math.Clamp((int)row, 0, last - 1), c = Math.Clamp((int)column, 0, last - 1);
        var down = Vector128.Create((float)(row - r));
        var along = Vector128.Create((float)(column - c));

        int at = wall * WallTexture.TexelCount + r * WallTexture.GridSize + c;
        ReadOnlySpan<Vector128<float>> near = _texels.AsSpan(at, WallTexture.GridSize + 2);
        Vector128<float> above = near[0] + along * (near[1] - near[0]);
        Vector128<float> below = near[WallTexture.GridSize] + along * (near[WallTexture.GridSize + 1] - near[WallTexture.GridSize]);
        return above + down * (below - above);
    }
}
