using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Optimizers;

/// <summary>Updates against the formulas written out for single numbers, in double.</summary>
public class OptimizerTests : TorchFacts
{
    private static readonly double[] Start = [1.0, -2.0, 0.5];

    // Gradients of step t, made up.
    private static double Gradient(int t, int i) => Math.Sin(1 + 3 * t + 5 * i) * (i + 1);

    private static Parameter NewParameter() => new(tensor(Start));

    private static void SetGradient(Parameter parameter, int t) =>
        parameter.grad = tensor([.. Enumerable.Range(0, Start.Length).Select(i => Gradient(t, i))], dtype: ScalarType.Float64);

    private static double[] Run(optim.Optimizer optimizer, Parameter parameter, int steps, int from = 1)
    {
        for (int t = from; t < from + steps; t++)
        {
            SetGradient(parameter, t);
            optimizer.step();
        }

        return Values(parameter);
    }

    [Theory]
    [InlineData(true, 0, false, false), InlineData(true, 0.1, false, false), InlineData(true, 0.1, true, false), InlineData(true, 0.1, false, true)]
    [InlineData(false, 0, false, false), InlineData(false, 0.1, false, false), InlineData(false, 0.1, true, true)]
    public void Adam_and_AdamW_follow_their_formulas(bool decoupled, double decay, bool amsgrad, bool maximize)
    {
        const double Rate = 0.02, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6;
        Parameter parameter = NewParameter();
        using optim.Optimizer optimizer = decoupled
            ? optim.AdamW(
                [parameter], lr: Rate, beta1: Beta1, beta2: Beta2, eps: Epsilon, weight_decay: decay, amsgrad: amsgrad,
                maximize: maximize)
            : optim.Adam(
                [parameter], lr: Rate, beta1: Beta1, beta2: Beta2, eps: Epsilon, weight_decay: decay, amsgrad: amsgrad,
                maximize: maximize);
        double[] p = [.. Start], m = new double[3], v = new double[3], largest = new double[3];
        for (int t = 1; t <= 7; t++)
        for (int i = 0; i < 3; i++)
        {
            double g = maximize ? -Gradient(t, i) : Gradient(t, i);
            if (decoupled) p[i] *= 1 - Rate * decay;
            else g += decay * p[i];
            m[i] = Beta1 * m[i] + (1 - Beta1) * g;
            v[i] = Beta2 * v[i] + (1 - Beta2) * g * g;
            largest[i] = Math.Max(largest[i], v[i]);
            double second = amsgrad ? largest[i] : v[i];
            p[i] -= Rate / (1 - Math.Pow(Beta1, t)) * m[i] / (Math.Sqrt(second) / Math.Sqrt(1 - Math.Pow(Beta2, t)) + Epsilon);
        }

        Near.Equal(p, Run(optimizer, parameter, 7), 1e-14);
    }

    [Theory]
    [InlineData(0, 0, 0, false), InlineData(0.9, 0, 0.1, false), InlineData(0.9, 0.3, 0, false), InlineData(0.9, 0, 0.1, true)]
    public void SGD_follows_its_formula(double momentum, double dampening, double decay, bool nesterov)
    {
        Parameter parameter = NewParameter();
        using SGD optimizer = optim.SGD(
            [parameter], 0.05, momentum: momentum, dampening: dampening, weight_decay: decay, nesterov: nesterov);
        double[] p = [.. Start], b = new double[3];
        for (int t = 1; t <= 5; t++)
        for (int i = 0; i < 3; i++)
        {
            double g = Gradient(t, i) + decay * p[i];
            b[i] = t == 1 ? g : momentum * b[i] + (1 - dampening) * g;
            p[i] -= 0.05 * (momentum == 0 ? g : nesterov ? g + momentum * b[i] : b[i]);
        }

        Near.Equal(p, Run(optimizer, parameter, 5), 1e-14);
    }

    [Fact]
    public void Defaults_are_TorchSharps()
    {
        using AdamW optimizer = optim.AdamW([NewParameter()]);

        AdamW.Options options = (AdamW.Options)optimizer.state_dict().Options[0];

        Assert.Equal(
            (0.001, 0.9, 0.999, 1e-8, 0.0, false),
            (options.LearningRate, options.beta1, options.beta2, options.eps, options.weight_decay, options.amsgrad));
        Assert.Equal((0.9, 0.999), optimizer.Betas);
    }

    [Fact]
    public void Learning_rate_can_be_set_between_steps()
    {
        Parameter parameter = NewParameter();
        using SGD optimizer = optim.SGD([parameter], 0.5);
        SetGradient(parameter, 1);

        foreach (optim.ILearningRateController group in optimizer.ParamGroups)
        {
            Assert.Equal(0.5, group.LearningRate);
            group.LearningRate = 0.25;
            Assert.Equal(0.5, group.InitialLearningRate);
        }

        optimizer.step();
        Near.Equal([.. Start.Select((p, i) => p - 0.25 * Gradient(1, i))], Values(parameter), 1e-15);
    }

    [Fact]
    public void Groups_have_their_own_settings()
    {
        Parameter fast = NewParameter(), slow = NewParameter(), standard = NewParameter();
        using SGD optimizer = optim.SGD(
            new[] { new SGD.ParamGroup([fast], lr: 1), new SGD.ParamGroup([slow], lr: 0.1), new SGD.ParamGroup([standard], new SGD.Options()) },
            0.5);
        foreach (Parameter p in optimizer.parameters()) SetGradient(p, 1);

        optimizer.step();

        Near.Equal([.. Start.Select((p, i) => p - Gradient(1, i))], Values(fast), 1e-15);
        Near.Equal([.. Start.Select((p, i) => p - 0.1 * Gradient(1, i))], Values(slow), 1e-15);
        Near.Equal([.. Start.Select((p, i) => p - 0.5 * Gradient(1, i))], Values(standard), 1e-15);
        Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new SGD.ParamGroup([fast], lr: 1)));
    }

    [Fact]
    public void Parameters_without_gradient_are_left_alone()
    {
        Parameter with = NewParameter(), without = NewParameter();
        using AdamW optimizer = optim.AdamW([("a", with), ("b", without)], lr: 0.1, weight_decay: 0.5);
        SetGradient(with, 1);

        optimizer.step();

        Assert.Equal(Start, Values(without));
        Assert.Equal(0, ((AdamW.State)optimizer.state_dict().State[1]).step);
        Assert.Equal(1, ((AdamW.State)optimizer.state_dict().State[0]).step);
        optimizer.zero_grad();
        Assert.Null(with.grad);
    }

    [Fact]
    public void Saved_state_continues_bit_for_bit()
    {
        Parameter straight = NewParameter();
        using AdamW whole = optim.AdamW([straight], lr: 0.02, weight_decay: 0.1, amsgrad: true);
        double[] expected = Run(whole, straight, 6);

        Parameter first = NewParameter();
        using AdamW beginning = optim.AdamW([first], lr: 0.02, weight_decay: 0.1, amsgrad: true);
        Run(beginning, first, 3);
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, global::System.Text.Encoding.UTF8, leaveOpen: true)) beginning.save_state_dict(writer);
        stream.Position = 0;
        Parameter second = new(first.detach().clone());
        using AdamW rest = optim.AdamW([second], lr: 99);
        rest.load_state_dict(new BinaryReader(stream));

        Assert.True(rest.state_dict().State[0].ApproximatelyEquals(beginning.state_dict().State[0]));
        Assert.Equal(expected, Run(rest, second, 3, from: 4));
    }

    [Fact]
    public void State_is_copied_between_optimisers()
    {
        Parameter one = NewParameter(), other = NewParameter();
        using SGD source = optim.SGD([one], 0.1, momentum: 0.9), target = optim.SGD([other], 5);
        Run(source, one, 2);

        target.load_state_dict(source.state_dict());
        other.detach().copy_(one);

        Assert.Equal(Run(source, one, 2, from: 3), Run(target, other, 2, from: 3));
    }

    [Fact]
    public void State_of_another_kind_is_refused()
    {
        using AdamW adamW = optim.AdamW([NewParameter()]);
        using SGD sgd = optim.SGD([NewParameter()], 0.1);
        using AdamW larger = optim.AdamW([NewParameter(), NewParameter()]);
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, global::System.Text.Encoding.UTF8, leaveOpen: true)) adamW.save_state_dict(writer);

        stream.Position = 0;
        Assert.Contains(
            "AdamW", Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(new BinaryReader(stream))).Message,
            StringComparison.Ordinal);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => larger.load_state_dict(new BinaryReader(stream)));
    }

    [Fact]
    public void Closure_runs_with_recording_and_gives_the_loss()
    {
        Parameter parameter = NewParameter();
        using SGD optimizer = optim.SGD([parameter], 0.1);

        Tensor? loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            Tensor value = parameter.square().sum();
            value.backward();
            return value;
        });

        Near.Equal([5.25], Values(loss!), 1e-15);
        Near.Equal([0.8, -1.6, 0.4], Values(parameter), 1e-15);
    }

    [Fact]
    public void AdamW_finds_the_minimum_of_a_valley()
    {
        Parameter p = new(tensor([3.0, -2.0]));
        using AdamW optimizer = optim.AdamW([p], lr: 0.05);

        for (int i = 0; i < 2000; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            optimizer.zero_grad();
            ((p[0] - 1).square() + 10 * (p[1] - p[0]).square()).backward();
            optimizer.step();
        }

        Near.Equal([1, 1], Values(p), 1e-3);
    }
}
