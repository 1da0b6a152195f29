using System.Runtime.Intrinsics;
using GeoAlign.Randomness;

namespace GeoAlign.Miniature;

/// <summary>The pictures on the walls: a base colour per wall plus four plane sine waves per wall and channel.</summary>
internal static class WallTexture
{
    /// <summary>Texels along each side of a wall; the outer ones lie on its edges.</summary>
    public const int GridSize = 33;

    /// <summary>Texels of a wall.</summary>
    public const int TexelCount = GridSize * GridSize;

    private const int Waves = 4;
    private const double Amplitude = 0.16;
    private const double ShortestWaveMetres = 0.9, LongestWaveMetres = 2;

    // Red, green, blue in [0, 1] of −x, +x, −y, +y, −z, +z: six walls that differ in the mean.
    private static readonly double[,] BaseColours =
    {
        { 0.75, 0.35, 0.3 }, { 0.3, 0.6, 0.35 }, { 0.85, 0.85, 0.8 }, { 0.35, 0.3, 0.25 }, { 0.8, 0.7, 0.3 }, { 0.3, 0.45, 0.8 },
    };

    /// <summary>Writes the texels of a wall, rows along the earlier of its two axes, as (red, green, blue, 0) in [−1, 1].</summary>
    /// <param name="seed">Seed of the room.</param>
    /// <param name="wall">0…5: −x, +x, −y, +y, −z, +z.</param>
    /// <param name="texels"><see cref="TexelCount"/> texels.</param>
    public static void Write(ulong seed, int wall, Span<Vector128<float>> texels)
    {
        int axis = wall / 2;
        double halfRow = Room.HalfExtentMetres(axis == 0 ? 1 : 0), halfColumn = Room.HalfExtentMetres(axis == 2 ? 1 : 2);
        texels.Clear();
        Span<double> uniforms = stackalloc double[3 * Waves];
        for (int channel = 0; channel < 3; channel++)
        {
            new CounterRandom(seed, RandomPurpose.SyntheticScene, wall, channel, (int)WorldDraw.RoomTexture).Uniforms(uniforms);
            for (int i = 0; i < TexelCount; i++)
            {
                double a = Metres(i / GridSize, halfRow), b = Metres(i % GridSize, halfColumn);
                double value = BaseColours[wall, channel];
                for (int w = 0; w < Waves; w++) value += Amplitude * Wave(uniforms.Slice(3 * w, 3), a, b);
                texels[i] = texels[i].WithElement(channel, (float)(2 * Math.Clamp(value, 0, 1) - 1));
            }
        }
    }

    private static double Metres(int texel, double half) => half * (2.0 * texel / (GridSize - 1) - 1);

    // sin(2π·(a cos θ + b sin θ)/λ + φ) with λ, θ and φ uniform.
    private static double Wave(ReadOnlySpan<double> uniforms, double a, double b)
    {
        double length = ShortestWaveMetres + (LongestWaveMetres - ShortestWaveMetres) * uniforms[0];
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * uniforms[1]);
        return Math.Sin(2 * Math.PI * ((a * cosine + b * sine) / length + uniforms[2]));
    }
}
