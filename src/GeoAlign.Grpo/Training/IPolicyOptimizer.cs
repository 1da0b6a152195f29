namespace GeoAlign.Grpo;

/// <summary>The trainable weights of a policy and their optimiser, as the trainer sees them.</summary>
public interface IPolicyOptimizer
{
    /// <summary>Forgets accumulated gradients.</summary>
    void ZeroGradients();

    /// <summary>
    /// Adds up the accumulated gradients of all processes of a run. Called once per update, before <see cref="GradientNorm"/>; the loss is already
    /// divided by the rollouts of all processes. Nothing to do in a run of one process.
    /// </summary>
    void SumGradientsOverRanks()
    {
    }

    /// <summary>L2 norm of the accumulated gradients over all trainable weights.</summary>
    /// <exception cref="NonFiniteException">A gradient is NaN or infinite; the message names the weight.</exception>
    double GradientNorm();

    /// <summary>Multiplies the accumulated gradients by <paramref name="gradientScale"/> and applies one update.</summary>
    /// <param name="learningRate">Step size of this update.</param>
    /// <param name="gradientScale">Factor from gradient clipping; 1 leaves the gradients as they are.</param>
    void ApplyUpdate(double learningRate, double gradientScale);

    /// <summary>Writes weights and optimiser state into a folder; what is written restores the exact same numbers.</summary>
    void Save(string folder);

    /// <summary>Restores what <see cref="Save"/> wrote.</summary>
    void Load(string folder);
}
