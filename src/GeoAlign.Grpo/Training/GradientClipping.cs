namespace GeoAlign.Grpo;

/// <summary>Scaling of gradients whose norm is too large.</summary>
public static class GradientClipping
{
    /// <summary>min(1, c / (norm + 10⁻⁶)), as torch's clip_grad_norm_ does.</summary>
    /// <param name="norm">L2 norm over all trainable weights.</param>
    /// <param name="maximum">Largest norm c.</param>
    public static double Factor(double norm, double maximum) => Math.Min(1, maximum / (norm + 1e-6));
}
