namespace GeoAlign.Geometry;

/// <summary>Angle and length of a difference of poses; every relation but the point distance follows from these two.</summary>
internal readonly record struct PoseDifference(double AngleRadians, double DistanceMetres)
{
    /// <remarks><c>‖R − I‖² = 2(3 − tr R) = 8 sin²(θ/2)</c>, and <c>‖E − I‖² = ‖R − I‖² + ‖t‖²</c>.</remarks>
    public double Relation(PoseRelation relation)
    {
        double rotationPart = Math.Sqrt(8) * Math.Sin(0.5 * AngleRadians);
        return relation switch
        {
            PoseRelation.Translation => DistanceMetres,
            PoseRelation.RotationRadians => AngleRadians,
            PoseRelation.RotationDegrees => 180 / Math.PI * AngleRadians,
            PoseRelation.RotationPart => rotationPart,
            PoseRelation.FullTransformation => Math.Sqrt(rotationPart * rotationPart + DistanceMetres * DistanceMetres),
            _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "Not a number of one pose difference."),
        };
    }
}
