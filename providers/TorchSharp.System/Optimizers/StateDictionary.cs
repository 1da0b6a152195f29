namespace TorchSharp.Modules;

/// <summary>Settings of all groups and the state of all parameters of an optimiser, in order. Live objects, not copies.</summary>
public class StateDictionary
{
    internal StateDictionary()
    {
    }

    public List<OptimizerOptions> Options { get; } = [];

    public List<OptimizerState> State { get; } = [];
}
