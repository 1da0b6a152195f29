using GeoAlign.Geometry;

namespace GeoAlign.Train.EmbeddedScene;

/// <summary>What a box looks like: a pattern of the point in metres and of the axis its face is perpendicular to.</summary>
internal sealed class Surface(Func<Vector3d, int, Vector3d> pattern)
{
    public static Surface Walls { get; } = new((p, axis) => axis switch
    {
        1 when p.Y > 0 => Tint(Chequer(p.X, p.Z, 0.6) ? new(0.62, 0.46, 0.33) : new(0.50, 0.36, 0.26), Grain(p.X, p.Z, 14)),
        1 => Tint(new(0.86, 0.86, 0.83), Grain(p.X, p.Z, 5)),
        0 => Tint(Stripe(p.Z, 0.5) ? new(0.55, 0.66, 0.72) : new(0.66, 0.75, 0.79), Grain(p.Y, p.Z, 9)),
        _ => Tint(Stripe(p.X, 0.75) ? new(0.80, 0.70, 0.52) : new(0.86, 0.78, 0.62), Grain(p.X, p.Y, 9)),
    });

    public static Surface Wood { get; } = new((p, axis) => Tint(new(0.48, 0.27, 0.15), Grain(3 * p.X + p.Y, 8 * p.Y + p.Z, 4)));

    public static Surface Brick { get; } = new((p, axis) => Bricks(axis == 0 ? p.Z : p.X, axis == 1 ? p.Z : p.Y));

    public static Surface Cloth { get; } = new((p, axis) => Tint(Chequer(p.X + p.Z, p.Y + 0.3 * p.Z, 0.16) ? new(0.20, 0.42, 0.62) : new(0.85, 0.83, 0.74), Grain(p.X, p.Y, 20)));

    public static Surface Picture { get; } = new((p, axis) =>
        new(0.5 + 0.45 * Math.Sin(5 * p.X + 3 * p.Y), 0.45 + 0.4 * Math.Sin(7 * p.Y - 2 * p.X), 0.5 + 0.4 * Math.Cos(4 * p.X)));

    public Vector3d At(Vector3d point, int axis) => pattern(point, axis);

    private static Vector3d Bricks(double along, double up)
    {
        double row = Math.Floor(up / 0.16), shift = 0.2 * (Math.Abs(row) % 2);
        double x = (along + shift) / 0.4 - Math.Floor((along + shift) / 0.4), y = up / 0.16 - row;
        bool mortar = x < 0.06 || y < 0.12;
        return Tint(mortar ? new(0.78, 0.75, 0.70) : new(0.63, 0.27, 0.20), Grain(along, up, 12));
    }

    private static bool Stripe(double x, double width) => Math.Floor(x / width) % 2 == 0;

    private static bool Chequer(double x, double y, double side) => Stripe(x, side) != Stripe(y, side);

    private static Vector3d Tint(Vector3d colour, double grain) => (0.85 + 0.3 * grain) * colour;

    // Value noise of two octaves in [0, 1]: smooth between lattice points, so that it survives video coding.
    private static double Grain(double x, double y, double perMetre) => 0.65 * Lattice(x * perMetre, y * perMetre) + 0.35 * Lattice(2.7 * x * perMetre, 2.7 * y * perMetre);

    private static double Lattice(double x, double y)
    {
        double x0 = Math.Floor(x), y0 = Math.Floor(y), u = Smooth(x - x0), v = Smooth(y - y0);
        double top = Mix(Hash(x0, y0), Hash(x0 + 1, y0), u), bottom = Mix(Hash(x0, y0 + 1), Hash(x0 + 1, y0 + 1), u);
        return Mix(top, bottom, v);
    }

    private static double Smooth(double t) => t * t * (3 - 2 * t);

    private static double Mix(double a, double b, double t) => a + t * (b - a);

    private static double Hash(double x, double y)
    {
        uint h = unchecked((uint)(int)x * 0x9E3779B1u ^ (uint)(int)y * 0x85EBCA77u);
        h = unchecked((h ^ (h >> 15)) * 0x2C1B3C6Du);
        h = unchecked((h ^ (h >> 12)) * 0x297A2D39u);
        return (h ^ (h >> 15)) / 4294967295.0;
    }
}
