namespace GeoAlign.Geometry;

/// <summary>One error per frame or per pair of frames, with its unit and summary. Immutable.</summary>
public sealed class PoseErrorSeries
{
    private readonly double[] _values;

    internal PoseErrorSeries(PoseRelation relation, double[] values)
    {
        (Relation, _values) = (relation, values);
        Statistics = ErrorStatistics.Of(values);
    }

    /// <summary>What was measured.</summary>
    public PoseRelation Relation { get; }

    /// <summary>Unit of values and summary.</summary>
    public ErrorUnit Unit => Relation switch
    {
        PoseRelation.Translation or PoseRelation.PointDistance => ErrorUnit.Metres,
        PoseRelation.RotationRadians => ErrorUnit.Radians,
        PoseRelation.RotationDegrees => ErrorUnit.Degrees,
        _ => ErrorUnit.None,
    };

    /// <summary>The errors, in the order of the frames.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Their summary.</summary>
    public ErrorStatistics Statistics { get; }
}
