namespace GeoAlign.Models;

/// <summary>
/// One latent channel of <see cref="BlockDctCodec"/>: a cosine pattern over 8×8 pixels and some frames, in one colour plane.
/// </summary>
/// <param name="Plane">0 = Y, 1 = Cb, 2 = Cr.</param>
/// <param name="Row">Vertical frequency, half periods per block.</param>
/// <param name="Column">Horizontal frequency, half periods per block.</param>
/// <param name="Time">Temporal frequency, half periods per four frames.</param>
/// <param name="Scale">Typical size of the orthonormal coefficient; latents are divided by it.</param>
internal readonly record struct BlockDctPattern(int Plane, int Row, int Column, int Time, double Scale);
