using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// Adam with decoupled weight decay. Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2. <see cref="Adam"/> shares all but
/// the decay.
/// </summary>
public class AdamW : OptimizerHelper
{
    private readonly Options _defaults;

    public AdamW(
        IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this([new ParamGroup(parameters, new Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public AdamW(
        IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
    {
        _defaults = new Options
        {
            LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay,
            amsgrad = amsgrad, maximize = maximize,
        };
        foreach (ParamGroup group in parameters) add_param_group(group);
    }

    /// <summary>Decay rates of the two moments, of the first group; setting changes all groups.</summary>
    public (double, double) Betas
    {
        get => ParamGroups.OfType<ParamGroup>().Select(group => group.Betas)
            .FirstOrDefault((_defaults.beta1!.Value, _defaults.beta2!.Value));
        set
        {
            foreach (ParamGroup group in ParamGroups.OfType<ParamGroup>()) group.Betas = value;
        }
    }

    /// <summary>Whether weight decay shrinks the parameter itself instead of joining the gradient.</summary>
    private protected virtual bool IsDecoupled => true;

    /// <summary>Settings the group leaves open are those of the optimiser.</summary>
    public override void add_param_group(Modules.ParamGroup param_group)
    {
        if (param_group is not ParamGroup group) throw new ArgumentException(
            "AdamW takes groups of AdamW.ParamGroup.", nameof(param_group));
        Options options = group.Options;
        bool ownRate = options.LearningRate is not null;
        options.LearningRate ??= _defaults.LearningRate;
        if (!ownRate || options.InitialLearningRate == 0) options.InitialLearningRate = options.LearningRate!.Value;
        options.beta1 ??= _defaults.beta1;
        options.beta2 ??= _defaults.beta2;
        options.eps ??= _defaults.eps;
        options.weight_decay ??= _defaults.weight_decay;
        options.amsgrad ??= _defaults.amsgrad;
        options.maximize ??= _defaults.maximize;
        base.add_param_group(group);
    }

    private protected override OptimizerState NewState(Parameter parameter) => new State(parameter);

    private protected override void Update(Parameter parameter, Tensor gradient, Modules.ParamGroup group, OptimizerState state)
    {
        (Options options, State moments) = ((Options)group.Options, (State)state);
        (double beta1, double beta2, double decay, double rate) = (
            options.beta1!.Value, options.beta2!.Value, options.weight_decay!.Value, group.LearningRate);
        if (options.maximize!.Value) gradient = gradient.neg();
        if (decay != 0 && IsDecoupled) parameter.mul_(1 - rate * decay);
        if (decay != 0 && !IsDecoupled) gradient = gradient.add(parameter, decay);
        moments.step++;
        moments.exp_avg!.mul_(beta1).add_(gradient, 1 - beta1);
        moments.exp_avg_sq!.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        double correction1 = 1 - Math.Pow(beta1, moments.step);
        double correction2 = 1 - Math.Pow(beta2, moments.step);
        Tensor second = options.amsgrad!.Value ? moments.Largest() : moments.exp_avg_sq;
        Tensor denominator = second.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps!.Value);
        parameter.addcdiv_(moments.exp_avg, denominator, -rate / correction1);
    }

    /// <summary>Settings of AdamW; null means: as the optimiser.</summary>
    public class Options : OptimizerOptions
    {
        public double? beta1;
        public double? beta2;
        public double? weight_decay;
        public double? eps;
        public bool? amsgrad;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            Options other = (Options)source;
            (beta1, beta2, eps, weight_decay, amsgrad, maximize) = (
                other.beta1, other.beta2, other.eps, other.weight_decay, other.amsgrad, other.maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = reader.ReadDouble();
            beta2 = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            amsgrad = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(beta1!.Value);
            writer.Write(beta2!.Value);
            writer.Write(eps!.Value);
            writer.Write(weight_decay!.Value);
            writer.Write(amsgrad!.Value);
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
            IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-08,
            double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            : base(parameters, new Options
            {
                LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay,
            amsgrad = amsgrad, maximize = maximize,
            })
        {
        }

        public (double, double) Betas
        {
            get => (Options.beta1 ?? 0, Options.beta2 ?? 0);
            set => (Options.beta1, Options.beta2) = value;
        }
    }

    /// <summary>Number of updates and the moments, in the dtype of the parameter.</summary>
    public sealed class State : OptimizerState
    {
        public long step;
        public Tensor? exp_avg;
        public Tensor? exp_avg_sq;
        public Tensor? max_exp_avg_sq;

        internal State(Parameter parameter) : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options)
        {
            Dispose();
            step = 0;
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
            max_exp_avg_sq = ((Options)options).amsgrad == true ? Zeros() : null;
        }

        public override bool ApproximatelyEquals(OptimizerState other) =>
            other is State state && step == state.step && Close(exp_avg, state.exp_avg) && Close(exp_avg_sq, state.exp_avg_sq) &&
            Close(max_exp_avg_sq, state.max_exp_avg_sq);

        public override void LoadStateDict(OptimizerState source)
        {
            State other = (State)source;
            step = other.step;
            Copy(other.exp_avg, ref exp_avg);
            Copy(other.exp_avg_sq, ref exp_avg_sq);
            Copy(other.max_exp_avg_sq, ref max_exp_avg_sq);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Read(reader, ref exp_avg);
            Read(reader, ref exp_avg_sq);
            Read(reader, ref max_exp_avg_sq);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            Write(writer, exp_avg);
            Write(writer, exp_avg_sq);
            Write(writer, max_exp_avg_sq);
        }

        public override void to(Device device)
        {
            Move(ref exp_avg, device);
            Move(ref exp_avg_sq, device);
            Move(ref max_exp_avg_sq, device);
        }

        public override void Dispose()
        {
            exp_avg?.Dispose();
            exp_avg_sq?.Dispose();
            max_exp_avg_sq?.Dispose();
        }

        /// <summary>The largest second moment so far, brought up to date.</summary>
        internal Tensor Largest()
        {
            max_exp_avg_sq ??= Zeros();
            using Tensor largest = max_exp_avg_sq.maximum(exp_avg_sq!);
            return max_exp_avg_sq.copy_(largest);
        }
    }
}
