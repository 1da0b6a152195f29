using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Modules;

public class ModuleTests : TorchFacts
{
    private class Base : nn.Module<Tensor, Tensor>
    {
        private readonly Linear hidden = nn.Linear(2, 2, hasBias: false);

        protected Base(string name) : base(name)
        {
        }

        public override Tensor forward(Tensor input) => hidden.call(input);
    }

    private sealed class Net : Base
    {
        private readonly Linear self_attn;
        private readonly Parameter gamma;
        private readonly ModuleList<Linear> l;
        private readonly Tensor table;
        [ComponentName(Name = "0")]
        private readonly SiLU act;
        public readonly Tensor? none;

        public Net() : base("net")
        {
            self_attn = nn.Linear(2, 2);
            gamma = nn.Parameter(ones(2));
            l = nn.ModuleList(nn.Linear(2, 3), nn.Linear(3, 2));
            table = arange(3);
            act = nn.SiLU();
            none = null;
            RegisterComponents();
        }

        public Parameter Gamma => gamma;

        public Tensor Table => table;

        public override Tensor forward(Tensor input) => l[1].call(l[0].call(act.call(self_attn.call(base.forward(input))))) * gamma;
    }

    private sealed class Two : nn.Module<Tensor, Tensor, Tensor>
    {
        public Two() : base("two")
        {
        }

        public override Tensor forward(Tensor input1, Tensor input2) => input1 - input2;
    }

    [Fact]
    public void Fields_are_registered_by_name_own_parameters_before_parts()
    {
        using Net net = new();

        Assert.Equal(
            ["gamma", "table", "self_attn.weight", "self_attn.bias", "l.0.weight", "l.0.bias", "l.1.weight", "l.1.bias", "hidden.weight"],
            net.state_dict().Keys);
        Assert.Equal(
            ["gamma", "self_attn.weight", "self_attn.bias", "l.0.weight", "l.0.bias", "l.1.weight", "l.1.bias", "hidden.weight"],
            net.named_parameters().Select(p => p.name));
        Assert.Equal(["self_attn", "l", "0", "hidden"], net.named_children().Select(c => c.name));
        Assert.Equal(["self_attn", "l", "l.0", "l.1", "0", "hidden"], net.named_modules().Select(c => c.name));
        Assert.Equal(["table"], net.named_buffers().Select(b => b.name));
        Assert.Equal(
            ["gamma"],
            net.parameters(recurse: false).Select(p => net.named_parameters().First(n => ReferenceEquals(n.parameter, p)).name));
        Assert.Equal("net", net.GetName());
        Assert.True(net.has_parameter("l.1.bias"));
        Assert.False(net.has_parameter("l.2.bias"));
        Assert.Equal([3, 2], net.get_parameter("l.0.weight")!.shape);
        Assert.Equal([0, 1, 2], Values(net.get_buffer("table")!));
        Assert.Null(net.get_parameter("nothing"));
    }

    [Fact]
    public void Names_that_cannot_be_keys_are_refused()
    {
        using Sequential module = nn.Sequential();

        Assert.Throws<ArgumentException>(() => module.register_buffer("a.b", ones(1)));
        module.register_buffer("a", ones(1));
        Assert.Throws<InvalidOperationException>(() => module.register_parameter("a", nn.Parameter(ones(1))));
        Assert.Throws<ArgumentException>(() => module.register_module("me", module));
    }

    [Fact]
    public void Parameters_outlive_the_scope_they_were_made_in()
    {
        Net net;
        using (NewDisposeScope()) net = new Net();

        Assert.False(net.Gamma.IsInvalid);
        Assert.All(net.state_dict().Values, t => Assert.False(t.IsInvalid));
        net.Dispose();
        Assert.True(net.Gamma.IsInvalid);
        Assert.True(net.Table.IsInvalid);
    }

    [Fact]
    public void Parameter_takes_over_its_data()
    {
        Tensor data = ones(2);

        Parameter parameter = nn.Parameter(data);
        Parameter frozen = nn.Parameter(ones(2), requires_grad: false);

        Assert.True(data.IsInvalid);
        Assert.True(parameter.requires_grad);
        Assert.False(frozen.requires_grad);
        Assert.True(parameter.is_leaf);
    }

    [Fact]
    public void Cast_replaces_parameters_and_updates_fields()
    {
        using Net net = new();
        Parameter before = net.Gamma;
        net.call(ones(1, 2)).sum().backward();
        double[] gradient = Values(net.Gamma.grad!);

        Assert.Same(net, net.to(ScalarType.Float64));

        Assert.NotSame(before, net.Gamma);
        Assert.True(before.IsInvalid);
        Assert.All(net.parameters(), p => Assert.Equal(ScalarType.Float64, p.dtype));
        Assert.All(net.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
        Assert.Equal(ScalarType.Int64, net.Table.dtype);
        Near.Equal(gradient, Values(net.Gamma.grad!), 1e-15);
        Assert.Equal(ScalarType.Float64, net.call(ones(1, 2, dtype: ScalarType.Float64)).dtype);

        Parameter same = net.Gamma;
        net.to(ScalarType.Float64);
        net.cpu();
        Assert.Same(same, net.Gamma);
        Assert.Equal(ScalarType.BFloat16, net.bfloat16().Gamma.dtype);
        Assert.Equal(ScalarType.Float16, net.half().Gamma.dtype);
        Assert.Equal(ScalarType.Float32, net.@float().Gamma.dtype);
    }

    [Fact]
    public void Shared_parameter_survives_a_cast_in_both_places()
    {
        Parameter weight = nn.Parameter(ones(2, 2));
        using Sequential pair = nn.Sequential(nn.Linear(weight), nn.Linear(weight));
        Assert.Single(pair.parameters());

        pair.to(ScalarType.Float64);

        Assert.Equal(2, pair.parameters().Count());
        Assert.Equal([4], Values(pair.call(ones(2, dtype: ScalarType.Float64)))[..1]);
    }

    [Fact]
    public void State_goes_from_module_to_module()
    {
        using Net one = new(), other = new();
        Tensor x = Normal(1, 3, 2).@float();

        (IList<string> missing, IList<string> unexpected) = other.load_state_dict(one.state_dict());

        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(Values(one.call(x)), Values(other.call(x)));
        Assert.NotSame(one.Gamma, other.Gamma);
    }

    [Fact]
    public void Missing_and_unexpected_keys_are_reported()
    {
        using Net net = new();
        Dictionary<string, Tensor> state = net.state_dict();
        state.Remove("gamma");
        state["extra"] = ones(1);

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => net.load_state_dict(state));
        Assert.Contains("gamma", error.Message, StringComparison.Ordinal);
        Assert.Contains("extra", error.Message, StringComparison.Ordinal);

        (IList<string> missing, IList<string> unexpected) = net.load_state_dict(state, strict: false);
        Assert.Equal(["gamma"], missing);
        Assert.Equal(["extra"], unexpected);
        net.load_state_dict(state, skip: ["gamma", "extra"]);
        Assert.Throws<global::System.Runtime.InteropServices.ExternalException>(() => net.load_state_dict(new() { ["gamma"] = ones(3) }, strict: false));
    }

    [Fact]
    public void Loading_converts_the_dtype()
    {
        using Linear layer = nn.Linear(2, 1, hasBias: false);

        layer.load_state_dict(new() { ["weight"] = tensor([1.5, 2.5], [1, 2]) });

        Assert.Equal(ScalarType.Float32, layer.weight.dtype);
        Assert.Equal([1.5, 2.5], Values(layer.weight));
    }

    [Fact]
    public void Saved_module_is_loaded_again()
    {
        using Net one = new(), other = new();
        string file = Path.GetTempFileName();
        try
        {
            one.save(file);
            Dictionary<string, bool> loaded = [];
            other.load(file, loadedParameters: loaded);

            foreach ((string key, Tensor value) in one.state_dict()) Assert.True((bool)value.equal(other.state_dict()[key]));
            Assert.All(loaded.Values, Assert.True);
            Assert.Equal(9, loaded.Count);
            using Linear stranger = nn.Linear(2, 2);
            Assert.Throws<InvalidOperationException>(() => stranger.load(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void File_begins_with_the_number_of_entries_name_dtype_and_shape()
    {
        using Linear layer = nn.Linear(nn.Parameter(ones(1, 2)));
        using MemoryStream stream = new();

        layer.save(stream);

        // 1 entry, "weight" (6 letters), Float32 = 6, rank 2, shape 1 x 2, two ones
        Assert.Equal([1, 6, .. "weight"u8, 6, 2, 1, 2, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F], stream.ToArray());
    }

    [Fact]
    public void Training_mode_reaches_all_parts()
    {
        using Net net = new();

        net.eval();
        Assert.All(net.modules(), m => Assert.False(m.training));
        net.train();
        Assert.True(net.training);
        Assert.All(net.modules(), m => Assert.True(m.training));
    }

    [Fact]
    public void Gradients_are_forgotten_or_zeroed()
    {
        using Net net = new();
        net.call(ones(1, 2)).sum().backward();

        net.zero_grad(set_to_none: false);
        Assert.All(net.parameters(), p => Assert.Equal(0, p.grad!.abs().sum().ToDouble()));
        net.zero_grad();
        Assert.All(net.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Apply_visits_parts_before_the_module()
    {
        using Net net = new();
        List<string> visited = [];

        net.apply(m => visited.Add(m.GetName()));

        Assert.Equal(["Linear", "Linear", "Linear", "ModuleList", "SiLU", "Linear", "net"], visited);
    }

    [Fact]
    public void Hooks_see_and_change_calls()
    {
        using Linear layer = nn.Linear(nn.Parameter(eye(2)));
        List<string> calls = [];
        var before = layer.register_forward_pre_hook((_, x) => x + 1);
        var after = layer.register_forward_hook((_, x, y) => y * 10);
        var plain = layer.register_forward_hook(m => calls.Add(m.GetName()));

        Assert.Equal([20, 20], Values(layer.call(ones(2))));
        Assert.Equal([1, 1], Values(layer.forward(ones(2))));
        before.remove();
        after.remove();
        Assert.Equal([1, 1], Values(layer.call(ones(2))));
        plain.remove();
        Assert.Equal(["Linear", "Linear"], calls);
    }

    [Fact]
    public void Module_of_two_inputs_keeps_their_order()
    {
        using Two two = new();

        Assert.Equal([2], Values(two.call(ones(1) * 3, ones(1))));
        two.register_forward_pre_hook((_, a, b) => (b, a));
        Assert.Equal([-2], Values(two.call(ones(1) * 3, ones(1))));
    }

    [Fact]
    public void Containers_name_their_parts()
    {
        using Sequential numbered = nn.Sequential(nn.Linear(2, 2), nn.ReLU());
        using Sequential named = nn.Sequential(("up", nn.Linear(2, 2)), ("act", nn.ReLU()));
        using ModuleDict<nn.Module> dictionary = nn.ModuleDict(("a", nn.ReLU()), ("b", nn.Linear(1, 1)));
        ModuleList<nn.Module> list = nn.ModuleList<nn.Module>(nn.ReLU());
        list.append(nn.Linear(1, 1));
        list.extend([nn.SiLU()]);

        Assert.Equal(["0.weight", "0.bias"], numbered.state_dict().Keys);
        Assert.Equal(["up.weight", "up.bias"], named.state_dict().Keys);
        Assert.Equal(["b.weight", "b.bias"], dictionary.state_dict().Keys);
        Assert.Equal(["1.weight", "1.bias"], list.state_dict().Keys);
        Assert.Equal(3, list.Count);
        list[2] = nn.Linear(1, 1, hasBias: false);
        Assert.Equal(["1.weight", "1.bias", "2.weight"], list.state_dict().Keys);
        Assert.IsType<Linear>(dictionary["b"]);
        Tensor x = Normal(1, 3, 2).@float();
        Near.Equal(
            Values(numbered.call(x)),
            Values(x.matmul(numbered.get_parameter("0.weight")!.t()).add(numbered.get_parameter("0.bias")!).relu()), 1e-6);
        Assert.Equal(Values(x), Values(nn.Sequential().call(x)));
    }
}
