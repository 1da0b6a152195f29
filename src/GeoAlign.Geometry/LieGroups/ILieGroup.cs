using System.Numerics;

namespace GeoAlign.Geometry;

/// <summary>A matrix Lie group: what interpolation, averaging and splines need to know of it.</summary>
/// <typeparam name="TSelf">The group.</typeparam>
/// <typeparam name="TTangent">Coordinates of its Lie algebra.</typeparam>
public interface ILieGroup<TSelf, TTangent> : IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILieGroup<TSelf, TTangent>
    where TTangent : struct, ITangent<TTangent>
{
    /// <summary>The neutral element.</summary>
    static abstract TSelf Identity { get; }

    /// <summary>Exponential map.</summary>
    static abstract TSelf Exp(TTangent tangent);

    /// <summary>Lie bracket <c>[a, b] = ad(a)·b</c>, in coordinates.</summary>
    static abstract TTangent Bracket(TTangent a, TTangent b);

    /// <summary>Logarithm: the tangent of smallest rotation whose <see cref="Exp"/> this is.</summary>
    TTangent Log();

    /// <summary>The inverse element.</summary>
    TSelf Inverse();

    /// <summary>Adjoint action <c>Ad_T·ξ</c>: <c>T·Exp(ξ)·T⁻¹ = Exp(Ad_T·ξ)</c>.</summary>
    TTangent Adjoint(TTangent tangent);
}

/// <summary>A Lie group with its adjoint and Jacobians as matrices.</summary>
/// <typeparam name="TSelf">The group.</typeparam>
/// <typeparam name="TTangent">Coordinates of its Lie algebra.</typeparam>
/// <typeparam name="TMatrix">Square matrices acting on those coordinates.</typeparam>
/// <remarks>
/// Left: <c>Exp(ξ + δ) ≈ Exp(J_l(ξ)·δ)·Exp(ξ)</c>. Right: <c>Exp(ξ + δ) ≈ Exp(ξ)·Exp(J_r(ξ)·δ)</c>, <c>J_r(ξ) = J_l(−ξ)</c>.
/// <c>J_l(ξ) = ∫₀¹ exp(s·ad ξ) ds</c>. Solà, Deray, Atchuthan, "A micro Lie theory for state estimation in robotics", 2018, §II-F.
/// </remarks>
public interface ILieGroup<TSelf, TTangent, TMatrix> : ILieGroup<TSelf, TTangent>
    where TSelf : struct, ILieGroup<TSelf, TTangent, TMatrix>
    where TTangent : struct, ITangent<TTangent>
    where TMatrix : struct, IMultiplyOperators<TMatrix, TTangent, TTangent>, IMultiplyOperators<TMatrix, TMatrix, TMatrix>
{
    /// <summary>The matrix of <see cref="ILieGroup{TSelf, TTangent}.Bracket"/> with a fixed first argument: <c>ad(a)·b = [a, b]</c>.</summary>
    static abstract TMatrix SmallAdjoint(TTangent tangent);

    /// <summary>Left Jacobian of <see cref="ILieGroup{TSelf, TTangent}.Exp"/>.</summary>
    static abstract TMatrix LeftJacobian(TTangent tangent);

    /// <summary>Right Jacobian of <see cref="ILieGroup{TSelf, TTangent}.Exp"/>.</summary>
    static abstract TMatrix RightJacobian(TTangent tangent);

    /// <summary>Inverse of the left Jacobian; does not exist at rotation angles 2π, 4π, …</summary>
    static abstract TMatrix LeftJacobianInverse(TTangent tangent);

    /// <summary>Inverse of the right Jacobian; does not exist at rotation angles 2π, 4π, …</summary>
    static abstract TMatrix RightJacobianInverse(TTangent tangent);

    /// <summary>The matrix of the adjoint action.</summary>
    TMatrix Adjoint();
}
