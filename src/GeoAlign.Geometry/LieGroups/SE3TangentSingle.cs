using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>A tangent of SE(3) in float32, ξ = (ρ, ω), for bulk arithmetic: see <see cref="SE3Batch"/>.</summary>
/// <param name="Rho">ρ, the translation part, metres.</param>
/// <param name="Omega">ω, the rotation vector, radians.</param>
public readonly record struct SE3TangentSingle(Vector3 Rho, Vector3 Omega);
