namespace GeoAlign.Grpo;

/// <summary>How the elementwise log densities of a step become one number.</summary>
public enum LogProbKind
{
    /// <summary>Mean over elements of the Gaussian log density: what Flow-GRPO, DanceGRPO and MixGRPO use. Clip ranges of 10⁻⁵…10⁻³ belong to it.</summary>
    Mean,

    /// <summary>Sum over elements: the true log density.</summary>
    Sum,

    /// <summary>Mean of −(x' − μ)², without 1/(2S²) and constants: what the CPS repositories use.</summary>
    UnnormalizedMean,

    /// <summary>Sum of −(x' − μ)².</summary>
    UnnormalizedSum,
}
