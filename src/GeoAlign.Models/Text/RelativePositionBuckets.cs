namespace GeoAlign.Models;

/// <summary>Sorts distances between tokens into classes: near ones exactly, far ones by the logarithm, and by side.</summary>
/// <remarks>
/// T5 (Raffel et al. 2020, section 2.1), bidirectional. With B classes, h = B/2 of them per side and e = h/2 exact ones, a distance m goes to
/// <c>m</c> if m &lt; e, else <c>min(h − 1, e + ⌊ln(m/e) / ln(most/e) · (h − e)⌋)</c>; h is added where the key lies after the query. Float32,
/// as the released networks were trained with it.
/// </remarks>
internal sealed class RelativePositionBuckets(int buckets, int mostDistance)
{
    private readonly int _perSide = buckets / 2, _exact = buckets / 4;
    private readonly float _logOfRange = (float)Math.Log((double)mostDistance / (buckets / 4));

    /// <summary>Class of a key at this place relative to the query.</summary>
    /// <param name="keyMinusQuery">Index of the key less that of the query, tokens.</param>
    public int Of(int keyMinusQuery)
    {
        int side = keyMinusQuery > 0 ? _perSide : 0, distance = Math.Abs(keyMinusQuery);
        if (distance < _exact) return side + distance;
        float far = MathF.Log((float)distance / _exact) / _logOfRange * (_perSide - _exact);
        return side + Math.Min(_perSide - 1, _exact + (int)far);
    }

    /// <summary>Classes of all pairs of a text, row-major: query slowest.</summary>
    public long[] ForAllPairs(int tokens)
    {
        long[] table = new long[(long)tokens * tokens];
        for (int query = 0; query < tokens; query++)
        {
            for (int key = 0; key < tokens; key++) table[(long)query * tokens + key] = Of(key - query);
        }

        return table;
    }
}
