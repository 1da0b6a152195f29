namespace GeoAlign.Models;

/// <summary>The feed-forward layers of a MapAnything transformer.</summary>
public enum MapAnythingFeedForward
{
    /// <summary><c>w3(SiLU(a)·b)</c> with <c>[a | b] = w12(x)</c>. Shazeer 2020, eq. 5 (SwiGLU).</summary>
    GatedSilu,

    /// <summary><c>fc2(GELU(fc1(x)))</c>, exact GELU.</summary>
    Gelu,
}
