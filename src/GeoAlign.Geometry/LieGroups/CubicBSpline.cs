namespace GeoAlign.Geometry;

/// <summary>A cumulative cubic B-spline with uniform knots through a sequence of control elements of a Lie group.</summary>
/// <typeparam name="TGroup">The group; <see cref="SplitPose"/> lets rotation and translation run independently.</typeparam>
/// <typeparam name="TTangent">Its tangents.</typeparam>
/// <remarks>The parameter u runs over [0, <see cref="SegmentCount"/>], one unit a knot. See <see cref="CubicBSplineSegment{TGroup, TTangent}"/>.</remarks>
public sealed class CubicBSpline<TGroup, TTangent>
    where TGroup : struct, ILieGroup<TGroup, TTangent>
    where TTangent : struct, ITangent<TTangent>
{
    private readonly CubicBSplineSegment<TGroup, TTangent>[] _segments;

    /// <summary>Builds the curve once; its evaluation does not allocate.</summary>
    /// <param name="control">Control elements: at least 4, or 1 with <see cref="SplineEnds.Repeated"/>, or 2 with <see cref="SplineEnds.Extrapolated"/>.</param>
    /// <param name="ends">How the curve begins and ends.</param>
    /// <exception cref="ArgumentException">Too few control elements.</exception>
    public CubicBSpline(ReadOnlySpan<TGroup> control, SplineEnds ends = SplineEnds.Open)
    {
        TGroup[] all = WithEnds(control, ends);
        _segments = new CubicBSplineSegment<TGroup, TTangent>[all.Length - 3];
        for (int i = 0; i < _segments.Length; i++) _segments[i] = new(all[i], all[i + 1], all[i + 2], all[i + 3]);
    }

    /// <summary>Number of segments.</summary>
    public int SegmentCount => _segments.Length;

    /// <summary>The element at u in [0, <see cref="SegmentCount"/>].</summary>
    /// <exception cref="ArgumentOutOfRangeException">u is outside the curve or not a number.</exception>
    public TGroup At(double u) => Segment(u, out double rest).At(rest);

    /// <summary>Velocity in the moving frame per unit of u.</summary>
    /// <exception cref="ArgumentOutOfRangeException">u is outside the curve or not a number.</exception>
    public TTangent BodyVelocity(double u) => Segment(u, out double rest).BodyVelocity(rest);

    private ref readonly CubicBSplineSegment<TGroup, TTangent> Segment(double u, out double rest)
    {
        if (!(u >= 0 && u <= _segments.Length)) throw new ArgumentOutOfRangeException(nameof(u), u, $"This spline runs over u in [0, {_segments.Length}].");
        int index = Math.Min((int)u, _segments.Length - 1);
        rest = u - index;
        return ref _segments[index];
    }

    private static TGroup[] WithEnds(ReadOnlySpan<TGroup> control, SplineEnds ends)
    {
        (int fewest, int added) = ends switch
        {
            SplineEnds.Open => (4, 0),
            SplineEnds.Repeated => (1, 2),
            SplineEnds.Extrapolated => (2, 1),
            _ => throw new ArgumentOutOfRangeException(nameof(ends), ends, "Unknown kind of spline ends."),
        };
        if (control.Length < fewest) throw new ArgumentException($"{control.Length} control elements, expected at least {fewest} with ends {ends}.", nameof(control));

        TGroup[] all = new TGroup[control.Length + 2 * added];
        control.CopyTo(all.AsSpan(added));
        if (ends == SplineEnds.Repeated)
            (all[0], all[1], all[^2], all[^1]) = (control[0], control[0], control[^1], control[^1]);
        else if (ends == SplineEnds.Extrapolated)
            (all[0], all[^1]) = (control[0] * control[1].Inverse() * control[0], control[^1] * control[^2].Inverse() * control[^1]);
        return all;
    }
}
