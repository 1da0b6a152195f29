using System.Text;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What all optimisers share: groups, one state per parameter, saving and loading.</summary>
public abstract class OptimizerHelper : optim.Optimizer
{
    private readonly List<ParamGroup> _groups = [];
    private readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public override IEnumerable<optim.ILearningRateController> ParamGroups => _groups;

    /// <summary>Adds parameters with their own settings. A parameter belongs to one group only.</summary>
    public override void add_param_group(ParamGroup param_group)
    {
        foreach (Parameter parameter in param_group.Parameters)
        {
            if (_states.ContainsKey(parameter)) throw new ArgumentException(
                "A parameter appears in more than one group of the optimiser.", nameof(param_group));
            OptimizerState state = NewState(parameter);
            state.Initialize(param_group.Options);
            _states.Add(parameter, state);
        }

        _groups.Add(param_group);
    }

    public override IEnumerable<Parameter> parameters() => _groups.SelectMany(group => group.Parameters);

    public override void zero_grad()
    {
        foreach (Parameter parameter in parameters()) parameter.grad = null;
    }

    /// <summary>Applies one update to every parameter that has a gradient. Nothing of it is recorded.</summary>
    /// <returns>What <paramref name="closure"/> gave, which runs first and with recording on; null without one.</returns>
    public override Tensor? step(Func<Tensor>? closure = null)
    {
        Tensor? loss = null;
        if (closure is not null)
        {
            using (enable_grad()) loss = closure();
        }

        using IDisposable quiet = no_grad();
        foreach (ParamGroup group in _groups)
        {
            foreach (Parameter parameter in group.Parameters)
            {
                using DisposeScope scope = NewDisposeScope();
                if (parameter.grad is Tensor gradient) Update(parameter, gradient, group, _states[parameter]);
            }
        }

        return loss;
    }

    /// <summary>The live settings and states, in the order of groups and parameters.</summary>
    public virtual StateDictionary state_dict()
    {
        StateDictionary dictionary = new();
        dictionary.Options.AddRange(_groups.Select(group => group.Options));
        dictionary.State.AddRange(parameters().Select(parameter => _states[parameter]));
        return dictionary;
    }

    /// <summary>Copies settings and states from an optimiser over the same parameters.</summary>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        StateDictionary own = this.state_dict();
        Require(state_dict.Options.Count, own.Options.Count, "groups");
        Require(state_dict.State.Count, own.State.Count, "parameters");
        for (int i = 0; i < own.Options.Count; i++) own.Options[i].LoadStateDict(state_dict.Options[i]);
        for (int i = 0; i < own.State.Count; i++) own.State[i].LoadStateDict(state_dict.State[i]);
    }

    public void save_state_dict(string location)
    {
        using FileStream stream = File.Create(location);
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        save_state_dict(writer);
    }

    /// <summary>Writes class name, counts, settings and states in a binary format of this subset.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        StateDictionary own = state_dict();
        writer.Write(GetType().Name);
        writer.WriteLeb128(own.Options.Count);
        writer.WriteLeb128(own.State.Count);
        foreach (OptimizerOptions options in own.Options) options.SaveStateDict(writer);
        foreach (OptimizerState state in own.State) state.SaveStateDict(writer);
    }

    public void load_state_dict(string location)
    {
        using FileStream stream = File.OpenRead(location);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        StateDictionary own = state_dict();
        string kind = reader.ReadString();
        if (kind != GetType().Name) throw new InvalidDataException($"The file holds the state of {kind}, not of {GetType().Name}.");
        Require(reader.ReadLeb128(), own.Options.Count, "groups");
        Require(reader.ReadLeb128(), own.State.Count, "parameters");
        foreach (OptimizerOptions options in own.Options) options.LoadStateDict(reader);
        foreach (OptimizerState state in own.State) state.LoadStateDict(reader);
    }

    public void to(Device device)
    {
        foreach (OptimizerState state in _states.Values) state.to(device);
    }

    private protected abstract OptimizerState NewState(Parameter parameter);

    /// <summary>Changes one parameter in place; runs unrecorded in a dispose scope of its own.</summary>
    private protected abstract void Update(Parameter parameter, Tensor gradient, ParamGroup group, OptimizerState state);

    /// <summary>Disposes the states; the parameters belong to their modules.</summary>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (OptimizerState state in _states.Values) state.Dispose();
    }

    private static void Require(long given, long own, string what)
    {
        if (given != own) throw new InvalidDataException($"The state has {given} {what}, the optimiser {own}.");
    }
}
