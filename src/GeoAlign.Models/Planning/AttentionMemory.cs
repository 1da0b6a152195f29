namespace GeoAlign.Models;

/// <summary>How attention is computed, as far as memory is concerned.</summary>
public enum AttentionMemory
{
    /// <summary>A fused kernel that never writes the scores down: libtorch 2 on CUDA.</summary>
    Fused,

    /// <summary>At most 2^26 scores at once: the provider over libtorch 1.13 on the processor.</summary>
    Portions,
}
