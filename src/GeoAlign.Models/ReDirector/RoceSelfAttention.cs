using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Self-attention over target and condition tokens with rotary camera encoding (RoCE, ReDirector).</summary>
/// <remarks>
/// q and k of a token turn by position + φ, v by −ψ, and the result by +ψ after the output projection, its channels split into heads
/// again. φ and ψ come from the token's camera. All weights of this layer are trained.
/// </remarks>
internal sealed class RoceSelfAttention : nn.Module
{
    private readonly int _heads;
    [ComponentName(Name = "q")] private readonly Projection _query;
    [ComponentName(Name = "k")] private readonly Projection _key;
    [ComponentName(Name = "v")] private readonly Projection _value;
    [ComponentName(Name = "o")] private readonly Projection _output;
    [ComponentName(Name = "norm_q")] private readonly RmsNorm _queryNorm;
    [ComponentName(Name = "norm_k")] private readonly RmsNorm _keyNorm;
    [ComponentName(Name = "rope_phase_qk")] private readonly PhaseProjection _queryKeyPhase;
    [ComponentName(Name = "rope_phase_vo")] private readonly PhaseProjection _valueOutputPhase;

    public RoceSelfAttention(ParameterFactory make, RedirectorConfig config) : base(nameof(RoceSelfAttention))
    {
        _heads = config.Heads;
        long width = config.Width;
        (_query, _key) = (Projection.Exact(make, width, width), Projection.Exact(make, width, width));
        (_value, _output) = (Projection.Exact(make, width, width), Projection.Exact(make, width, width));
        (_queryNorm, _keyNorm) = (new RmsNorm(make, width, config.Epsilon), new RmsNorm(make, width, config.Epsilon));
        (_queryKeyPhase, _valueOutputPhase) = (new PhaseProjection(make, config), new PhaseProjection(make, config));
        RegisterComponents();
    }

    /// <summary>Attends over <c>[batch, tokens, D]</c>.</summary>
    public Tensor Apply(Tensor x, RedirectorPass pass, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor queryKeyPhase = _queryKeyPhase.Apply(pass.ActivatedCamera);
        Tensor valueOutputPhase = _valueOutputPhase.Apply(pass.ActivatedCamera);
        PairRotation position = pass.Position.Then(_queryKeyPhase.Rotation(queryKeyPhase));
        PairRotation camera = _valueOutputPhase.Rotation(valueOutputPhase), back = _valueOutputPhase.Rotation(-valueOutputPhase);

        Tensor query = _queryNorm.Apply(_query.Apply(x)), key = _keyNorm.Apply(_key.Apply(x)), value = _value.Apply(x);
        Tensor turnedQuery = position.Apply(Split(query)), turnedKey = position.Apply(Split(key));
        Tensor turnedValue = back.Apply(Split(value));
        Tensor attended = MultiHeadAttention.Apply(turnedQuery, turnedKey, turnedValue);
        Tensor projected = _output.Apply(attended);
        Tensor result = camera.Apply(Split(projected)).flatten(start_dim: -2);

        if (probe is not null)
        {
            probe("phase_qk", queryKeyPhase);
            probe("phase_vo", valueOutputPhase);
            probe("q_normed", query);
            probe("k_normed", key);
            probe("v", value);
            probe("q_rope", turnedQuery.flatten(start_dim: -2));
            probe("k_rope", turnedKey.flatten(start_dim: -2));
            probe("v_rot", turnedValue.flatten(start_dim: -2));
            probe("attn", attended);
            probe("o", projected);
            probe("self_attn_out", result);
        }

        return result.MoveToOuterDisposeScope();
    }

    private Tensor Split(Tensor x) => x.unflatten(-1, _heads, x.shape[^1] / _heads);
}
