namespace GeoAlign.Grpo;

/// <summary>A NaN or an infinity appeared; training stopped before it could reach the weights.</summary>
/// <param name="what">What is not finite: tensor, step, group, member.</param>
public sealed class NonFiniteException(string what)
    : ArithmeticException($"{what} is not finite; the weights were not touched. Lower the learning rate or the noise scale, or look at the inputs of this step.");
