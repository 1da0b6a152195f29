using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gradient descent with momentum. Weight decay is added to the gradient.</summary>
public class SGD : OptimizerHelper
{
    private readonly Options _defaults;

    public SGD(
        IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : this([new ParamGroup(parameters, new Options())], lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(
        IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
    {
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new ArgumentException("Nesterov momentum needs momentum above 0 and dampening 0.");
        _defaults = new Options
        {
            LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay,
            nesterov = nesterov, maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    /// <summary>Settings the group leaves open are those of the optimiser.</summary>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        if (param_group is not ParamGroup group) throw new ArgumentException("SGD takes groups of SGD.ParamGroup.", nameof(param_group));
        Options options = group.Options;
        bool ownRate = options.LearningRate is not null;
        options.LearningRate ??= _defaults.LearningRate;
        if (!ownRate || options.InitialLearningRate == 0) options.InitialLearningRate = options.LearningRate!.Value;
        options.momentum ??= _defaults.momentum;
        options.dampening ??= _defaults.dampening;
        options.weight_decay ??= _defaults.weight_decay;
        options.nesterov ??= _defaults.nesterov;
        options.maximize ??= _defaults.maximize;
        base.add_param_group(group);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor gradient, Modules.ParamGroup group, OptimizerState state)
    {
        (Options options, State kept) = ((Options)group.Options, (State)state);
        if (options.maximize!.Value) gradient = gradient.neg();
        if (options.weight_decay!.Value != 0) gradient = gradient.add(parameter, options.weight_decay.Value);
        double momentum = options.momentum!.Value;
        if (momentum != 0)
        {
            if (kept.momentum_buffer is null) kept.momentum_buffer = gradient.detach().clone().DetachFromDisposeScope();
            else kept.momentum_buffer.mul_(momentum).add_(gradient, 1 - options.dampening!.Value);
            gradient = options.nesterov!.Value ? gradient.add(kept.momentum_buffer, momentum) : kept.momentum_buffer;
        }

        parameter.add_(gradient, -group.LearningRate);
    }

    /// <summary>Settings of SGD; null means: as the optimiser.</summary>
    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            Options other = (Options)source;
            (momentum, dampening, weight_decay, nesterov, maximize) = (
                other.momentum, other.dampening, other.weight_decay, other.nesterov, other.maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum!.Value);
            writer.Write(dampening!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(nesterov!.Value);
            writer.Write(maximize!.Value);
        }
    }

    /// <summary>Parameters with settings of their own.</summary>
    public class ParamGroup : ParamGroup<Options>
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
        {
        }

        public ParamGroup(
            IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr, InitialLearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay,
            nesterov = nesterov, maximize = maximize,
            })
        {
        }
    }

    /// <summary>The running average of gradients; none before the first update.</summary>
    public sealed class State : OptimizerState
    {
        public Tensor? momentum_buffer;

        internal State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            momentum_buffer = null;
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && Close(momentum_buffer, state.momentum_buffer);

        public override void LoadStateDict(OptimizerState source) => Copy(((State)source).momentum_buffer, ref momentum_buffer);

        public override void LoadStateDict(BinaryReader reader) => Read(reader, ref momentum_buffer);

        public override void SaveStateDict(BinaryWriter writer) => Write(writer, momentum_buffer);

        public override void to(Device device) => Move(ref momentum_buffer, device);

        public override void Dispose() => momentum_buffer?.Dispose();
    }
}
