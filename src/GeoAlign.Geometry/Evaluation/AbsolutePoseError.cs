namespace GeoAlign.Geometry;

/// <summary>
/// APE as in evo: each estimated pose against its reference pose, <c>E_i = T̂_i⁻¹ T_i</c>, after an alignment that the result names. Immutable.
/// </summary>
/// <remarks>The translation relation is <c>‖t̂_i − t_i‖</c>; its rmse is known as ATE.</remarks>
public sealed class AbsolutePoseError
{
    private readonly PoseDifference[] _differences;

    private AbsolutePoseError(TrajectoryAlignment alignment, UmeyamaAlignment? fit, PoseDifference[] differences) =>
        (Alignment, Fit, _differences) = (alignment, fit, differences);

    /// <summary>What was aligned.</summary>
    public TrajectoryAlignment Alignment { get; }

    /// <summary>The least-squares fit, for the alignments that have one.</summary>
    public UmeyamaAlignment? Fit { get; }

    /// <summary>Why the alignment is not determined; no errors exist then.</summary>
    public AlignmentDegeneracy Degeneracy => Fit?.Degeneracy ?? AlignmentDegeneracy.None;

    /// <summary>Whether there are errors.</summary>
    public bool IsDefined => Degeneracy == AlignmentDegeneracy.None;

    /// <summary>Number of frames compared.</summary>
    public int Count => _differences.Length;

    /// <summary>Compares two paths frame by frame.</summary>
    /// <param name="estimated">Estimated camera-to-world poses.</param>
    /// <param name="reference">Reference poses of the same frames.</param>
    /// <param name="alignment">What is fitted of the estimate first.</param>
    /// <exception cref="ArgumentException">The numbers of poses differ.</exception>
    public static AbsolutePoseError Between(CameraTrajectory estimated, CameraTrajectory reference, TrajectoryAlignment alignment)
    {
        if (estimated.Count != reference.Count)
            throw new ArgumentException($"{estimated.Count} estimated poses for {reference.Count} reference poses; pair the frames before comparing.", nameof(estimated));

        UmeyamaAlignment? fit = alignment switch
        {
            TrajectoryAlignment.None or TrajectoryAlignment.Origin => null,
            TrajectoryAlignment.SE3 => UmeyamaAlignment.Between(estimated, reference, withScale: false),
            TrajectoryAlignment.Scale or TrajectoryAlignment.Sim3 => UmeyamaAlignment.Between(estimated, reference, withScale: true),
            _ => throw new ArgumentOutOfRangeException(nameof(alignment), alignment, "No such alignment."),
        };
        if (fit is { Degeneracy: not AlignmentDegeneracy.None }) return new(alignment, fit, []);

        SE3 toOrigin = reference[0] * estimated[0].Inverse();
        PoseDifference[] differences = new PoseDifference[reference.Count];
        for (int i = 0; i < differences.Length; i++)
        {
            SE3 pose = alignment switch
            {
                TrajectoryAlignment.Origin => toOrigin * estimated[i],
                TrajectoryAlignment.Scale => estimated[i] with { Translation = fit!.Scale * estimated[i].Translation },
                TrajectoryAlignment.SE3 or TrajectoryAlignment.Sim3 => fit!.Apply(estimated[i]),
                _ => estimated[i],
            };
            differences[i] = new(SO3.GeodesicDistance(pose.Rotation, reference[i].Rotation), Vector3d.Distance(pose.Translation, reference[i].Translation));
        }

        return new(alignment, fit, differences);
    }

    /// <summary>One number per frame and its summary.</summary>
    /// <exception cref="InvalidOperationException">The alignment is degenerate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The relation is for relative errors only.</exception>
    public PoseErrorSeries Errors(PoseRelation relation)
    {
        if (!IsDefined)
            throw new InvalidOperationException($"The alignment {Alignment} is not determined: {Degeneracy}. Ask {nameof(IsDefined)} first.");
        if (relation == PoseRelation.PointDistance)
            throw new ArgumentOutOfRangeException(nameof(relation), relation, "The point distance compares two pairs of poses; it belongs to the relative pose error.");
        return new(relation, Array.ConvertAll(_differences, d => d.Relation(relation)));
    }
}
