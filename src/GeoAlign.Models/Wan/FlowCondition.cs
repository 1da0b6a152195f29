namespace GeoAlign.Models;

/// <summary>
/// What a network needs to know about one condition, computed once from <see cref="FlowInputs"/> and used at every step: prompt and
/// image tokens, camera tokens, condition tokens, rotary tables. Belongs to the caller, who disposes it.
/// </summary>
public class FlowCondition : IDisposable
{
    private readonly FlowTransformer _network;
    private readonly FlowContext _context;
    private bool _disposed;

    internal FlowCondition(FlowTransformer network, LatentShape shape, FlowContext context) =>
        (_network, Shape, _context) = (network, shape, context);

    /// <summary>Size of the latents that this condition is about.</summary>
    public LatentShape Shape { get; }

    /// <summary>Whether a negative prompt was given, which guidance needs.</summary>
    public bool HasNegativeText => _context.NegativeText is not null;

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _disposed = true;
        _context.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The tensors, for the network that prepared them.</summary>
    /// <exception cref="ObjectDisposedException">The condition was disposed.</exception>
    /// <exception cref="ArgumentException">Another network asks.</exception>
    internal FlowContext For(FlowTransformer network)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return network == _network
            ? _context
            : throw new ArgumentException("The condition was prepared by another network; prepare it with the one that uses it.");
    }
}
