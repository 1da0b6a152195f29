using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>Self-attention over all tokens with rotary positions and, in ReDirector, rotary camera encoding (RoCE).</summary>
/// <remarks>
/// Wan2.1 <c>WanSelfAttention</c>: q and k of a token turn by its position. With RoCE q and k turn by position + φ, v by −ψ, and the
/// result by +ψ after the output projection, its channels split into heads again; φ and ψ come from the token's camera. The weights of
/// this layer are the ones that alignment trains, so they are kept in full precision.
/// </remarks>
internal sealed class SelfAttention : nn.Module
{
    private readonly int _heads;
    [ComponentName(Name = "q")] private readonly Projection _query;
    [ComponentName(Name = "k")] private readonly Projection _key;
    [ComponentName(Name = "v")] private readonly Projection _value;
    [ComponentName(Name = "o")] private readonly Projection _output;
    [ComponentName(Name = "norm_q")] private readonly RmsNorm _queryNorm;
    [ComponentName(Name = "norm_k")] private readonly RmsNorm _keyNorm;
    [ComponentName(Name = "rope_phase_qk")] private readonly PhaseProjection? _queryKeyPhase;
    [ComponentName(Name = "rope_phase_vo")] private readonly PhaseProjection? _valueOutputPhase;

    public SelfAttention(ParameterFactory make, WanConfig config) : base(nameof(SelfAttention))
    {
        _heads = config.Heads;
        long width = config.Width;
        (_query, _key) = (Projection.Exact(make, width, width), Projection.Exact(make, width, width));
        (_value, _output) = (Projection.Exact(make, width, width), Projection.Exact(make, width, width));
        (_queryNorm, _keyNorm) = (new RmsNorm(make, width, config.Epsilon), new RmsNorm(make, width, config.Epsilon));
        if (config.HasCameraPhases) (_queryKeyPhase, _valueOutputPhase) = (new PhaseProjection(make, config), new PhaseProjection(make, config));
        RegisterComponents();
    }

    /// <summary>Attends over <c>[batch, tokens, D]</c>.</summary>
    public Tensor Apply(Tensor x, FlowPass pass, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        PairRotation position = pass.Position;
        PairRotation? camera = null, back = null;
        if (_queryKeyPhase is not null && _valueOutputPhase is not null)
        {
            Tensor activated = pass.ActivatedCamera ?? throw new InvalidOperationException("Camera phases need camera tokens.");
            Tensor queryKeyPhase = _queryKeyPhase.Apply(activated), valueOutputPhase = _valueOutputPhase.Apply(activated);
            position = position.Then(_queryKeyPhase.Rotation(queryKeyPhase));
            (camera, back) = (_valueOutputPhase.Rotation(valueOutputPhase), _valueOutputPhase.Rotation(-valueOutputPhase));
            probe?.Invoke("phase_qk", queryKeyPhase);
            probe?.Invoke("phase_vo", valueOutputPhase);
        }

        Tensor query = Turned(x, _query, _queryNorm, position, ("q_normed", "q_rope"), probe);
        Tensor key = Turned(x, _key, _keyNorm, position, ("k_normed", "k_rope"), probe);
        Tensor value = Turned(x, _value, null, back, ("v", "v_rot"), probe);
        Tensor attended = MultiHeadAttention.Apply(query, key, value);
        Tensor projected = _output.Apply(attended);
        Tensor result = camera is { } forward ? forward.Apply(Split(projected)).flatten(start_dim: -2) : projected;

        if (probe is not null)
        {
            probe("attn", attended);
            probe("o", projected);
            probe("self_attn_out", result);
        }

        return result.MoveToOuterDisposeScope();
    }

    // Projected, normalised, split into heads and turned; what lies between is let go.
    private Tensor Turned(
        Tensor x, Projection projection, RmsNorm? norm, PairRotation? rotation, (string Before, string After) names, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor projected = projection.Apply(x);
        if (norm is not null) projected = norm.Apply(projected);
        Tensor turned = rotation is { } by ? by.Apply(Split(projected)) : Split(projected);
        if (probe is not null)
        {
            probe(names.Before, projected);
            probe(names.After, turned.flatten(start_dim: -2));
        }

        return turned.MoveToOuterDisposeScope();
    }

    private Tensor Split(Tensor x) => x.unflatten(-1, _heads, x.shape[^1] / _heads);
}
