namespace GeoAlign.Geometry;

/// <summary>
/// RPE as in evo: the motion between two frames against that of the reference, <c>E = (Q_i⁻¹ Q_j)⁻¹ (P_i⁻¹ P_j)</c>. Immutable.
/// </summary>
/// <remarks>
/// Q reference, P estimate. Needs no alignment; the scale counts. The translation relation is the distance of the two motions, metres.
/// </remarks>
public sealed class RelativePoseError
{
    private readonly PoseDifference[] _differences;
    private readonly double[] _pointDistances;

    private RelativePoseError(int delta, PosePairing pairing, PoseDifference[] differences, double[] pointDistances) =>
        (DeltaFrames, Pairing, _differences, _pointDistances) = (delta, pairing, differences, pointDistances);

    /// <summary>δ: frames between the two poses of a pair.</summary>
    public int DeltaFrames { get; }

    /// <summary>Which pairs were taken.</summary>
    public PosePairing Pairing { get; }

    /// <summary>Number of pairs.</summary>
    public int Count => _differences.Length;

    /// <summary>Whether there are errors: false when the path is too short for one pair.</summary>
    public bool IsDefined => Count > 0;

    /// <summary>Compares two paths pair by pair.</summary>
    /// <param name="estimated">Estimated camera-to-world poses.</param>
    /// <param name="reference">Reference poses of the same frames.</param>
    /// <param name="deltaFrames">δ ≥ 1.</param>
    /// <param name="pairing">Which pairs.</param>
    /// <exception cref="ArgumentException">The numbers of poses differ.</exception>
    public static RelativePoseError Between(CameraTrajectory estimated, CameraTrajectory reference, int deltaFrames = 1, PosePairing pairing = PosePairing.All)
    {
        if (estimated.Count != reference.Count)
            throw new ArgumentException($"{estimated.Count} estimated poses for {reference.Count} reference poses; pair the frames before comparing.", nameof(estimated));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(deltaFrames);
        int stride = pairing switch
        {
            PosePairing.Consecutive => deltaFrames,
            PosePairing.All => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(pairing), pairing, "No such pairing."),
        };

        int pairs = reference.Count > deltaFrames ? (reference.Count - deltaFrames - 1) / stride + 1 : 0;
        PoseDifference[] differences = new PoseDifference[pairs];
        double[] pointDistances = new double[pairs];
        for (int k = 0; k < pairs; k++)
        {
            int i = k * stride, j = i + deltaFrames;
            SE3 p = estimated[i].Inverse() * estimated[j], q = reference[i].Inverse() * reference[j];
            differences[k] = new(SO3.GeodesicDistance(q.Rotation, p.Rotation), Vector3d.Distance(q.Translation, p.Translation));
            pointDistances[k] = Math.Abs(
                Vector3d.Distance(reference[i].Translation, reference[j].Translation) - Vector3d.Distance(estimated[i].Translation, estimated[j].Translation));
        }

        return new(deltaFrames, pairing, differences, pointDistances);
    }

    /// <summary>One number per pair and its summary.</summary>
    /// <exception cref="InvalidOperationException">There is no pair.</exception>
    public PoseErrorSeries Errors(PoseRelation relation)
    {
        if (!IsDefined) throw new InvalidOperationException($"No two frames are {DeltaFrames} apart. Ask {nameof(IsDefined)} first.");
        return new(relation, relation == PoseRelation.PointDistance
            ? (double[])_pointDistances.Clone()
            : Array.ConvertAll(_differences, d => d.Relation(relation)));
    }
}
