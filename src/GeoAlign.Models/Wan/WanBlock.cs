using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// One transformer block: modulated self-attention, cross-attention, modulated feed-forward, each added to the residual stream.
/// </summary>
/// <remarks>
/// Wan2.1 <c>WanAttentionBlock</c>. The six modulation vectors are shift, scale and gate of self-attention, then of the feed-forward
/// layers; cross-attention has an affine norm and neither modulation nor gate. The residual stream is in full precision. ReCamMaster adds
/// an encoding of each frame's camera pose to the input of self-attention, and a linear layer behind it.
/// </remarks>
internal sealed class WanBlock : nn.Module
{
    private readonly long[] _width;
    private readonly double _epsilon;
    private readonly ScalarType _compute;
    [ComponentName(Name = "modulation")] private readonly Parameter _modulation;
    [ComponentName(Name = "self_attn")] private readonly SelfAttention _selfAttention;
    [ComponentName(Name = "cross_attn")] private readonly CrossAttention? _crossAttention;
    [ComponentName(Name = "norm3")] private readonly AffineLayerNorm? _crossNorm;
    [ComponentName(Name = "ffn")] private readonly FeedForward _feedForward;
    [ComponentName(Name = "cam_encoder")] private readonly Projection? _poseEncoder;
    [ComponentName(Name = "projector")] private readonly Projection? _projector;

    public WanBlock(ParameterFactory make, WanConfig config) : base(nameof(WanBlock))
    {
        (_width, _epsilon, _compute) = ([config.Width], config.Epsilon, make.Formats.Compute);
        _modulation = make.Exact(1, 6, config.Width);
        _selfAttention = new SelfAttention(make, config);
        if (config.HasText)
            (_crossAttention, _crossNorm) = (new CrossAttention(make, config), new AffineLayerNorm(make, config.Width, config.Epsilon));
        _feedForward = new FeedForward(make, config.Width, config.FeedForwardWidth, config.Width, TorchSharp.Modules.GELU.Approximate.tanh);
        if (config.HasPoseEncoder)
        {
            _poseEncoder = Projection.Exact(make, ReCamMasterConfig.PoseNumbers, config.Width);
            _projector = Projection.Exact(make, config.Width, config.Width);
        }

        RegisterComponents();
    }

    /// <summary>Transforms the residual stream <c>[batch, tokens, D]</c>.</summary>
    /// <param name="x">Residual stream.</param>
    /// <param name="pass">Time, cameras, positions and context tokens.</param>
    /// <param name="probe">Receives intermediates, for tests.</param>
    public Tensor Apply(Tensor x, FlowPass pass, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] m = (_modulation + pass.TimeProjection).chunk(6, dim: 1);
        (Tensor attentionShift, Tensor attentionScale, Tensor attentionGate) = (m[0], m[1], m[2]);
        (Tensor feedShift, Tensor feedScale, Tensor feedGate) = (m[3], m[4], m[5]);

        Tensor input = Modulated(x, attentionShift, attentionScale);
        if (_poseEncoder is not null) input = WithPoses(input, pass, _poseEncoder, probe);
        probe?.Invoke("self_attn_in", input);
        Tensor attended = _selfAttention.Apply(input, pass, probe);
        if (_projector is not null)
        {
            attended = _projector.Apply(attended);
            probe?.Invoke("projector", attended);
        }

        x = x + attentionGate * attended;

        if (pass.Text is not null && _crossAttention is not null && _crossNorm is not null)
        {
            Tensor crossed = _crossAttention.Apply(_crossNorm.Apply(x).As(_compute), pass.Text, pass.Image);
            probe?.Invoke("cross_attn_out", crossed);
            x = x + crossed;
        }

        Tensor fed = _feedForward.Apply(Modulated(x, feedShift, feedScale));
        probe?.Invoke("ffn_out", fed);
        x = x + feedGate * fed;
        probe?.Invoke("out", x);
        return x.MoveToOuterDisposeScope();
    }

    private Tensor Modulated(Tensor x, Tensor shift, Tensor scale)
    {
        using DisposeScope scope = NewDisposeScope();
        return (nn.functional.layer_norm(x, _width, eps: _epsilon) * (scale + 1.0) + shift).As(_compute).MoveToOuterDisposeScope();
    }

    // One vector per frame, the same for all its tokens.
    private static Tensor WithPoses(Tensor input, FlowPass pass, Projection encoder, Action<string, Tensor>? probe)
    {
        Tensor poses = pass.Poses ?? throw new InvalidOperationException("A pose encoder needs poses.");
        Tensor encoded = encoder.Apply(poses).As(input.dtype);
        probe?.Invoke("cam_encoder", encoded);
        long[] size = input.shape;
        long frames = poses.shape[1];
        return (input.view(size[0], frames, size[1] / frames, size[2]) + encoded.unsqueeze(2)).view(size);
    }
}
