using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>The transformer that joins the views of a scene: blocks over all tokens and blocks within each view take turns.</summary>
/// <remarks>
/// MapAnything (arXiv 2509.13414), section 3, after VGGT's alternating attention. Nothing says in which order the views came, except
/// that the first one, the reference, has a constant added.
/// </remarks>
internal sealed class ViewSharing : nn.Module
{
    private readonly NumberFormats _formats;
    private readonly int[] _taps;
    [ComponentName(Name = "view_pos_table")] private readonly Parameter _referencePosition;
    [ComponentName(Name = "proj_embed")] private readonly Projection? _projection;
    [ComponentName(Name = "self_attention_blocks")] private readonly ModuleList<ViewBlock> _blocks;
    [ComponentName(Name = "norm")] private readonly AffineLayerNorm _norm;

    public ViewSharing(ParameterFactory make, MapAnythingConfig config) : base(nameof(ViewSharing))
    {
        int width = config.Sharing.Width;
        (_formats, _taps) = (make.Formats, [config.FirstTap, config.SecondTap]);
        _referencePosition = make.Exact(1, width);
        _projection = config.ProjectsTokens ? Projection.Frozen(make, config.Encoder.Width, width) : null;
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.Sharing.Layers).Select(_ => new ViewBlock(make, config.Sharing))]);
        _norm = new AffineLayerNorm(make, width, MapAnythingConfig.Epsilon);
        RegisterComponents();
    }

    /// <summary>Sets the constant of the reference view to the sinusoid of position 0: 0, 1, 0, 1, …</summary>
    public void FillReferencePosition()
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        float[] values = new float[_referencePosition.numel()];
        for (int i = 1; i < values.Length; i += 2) values[i] = 1;
        _referencePosition.copy_(tensor(values, [1, values.Length], dtype: _formats.Exact));
    }

    /// <summary>Joins the views.</summary>
    /// <param name="views"><c>[scenes, views, tokens of a view, encoder width]</c>.</param>
    /// <param name="sceneToken">Encoder width; one copy ends each scene.</param>
    /// <param name="mostScores">Bound of the attention.</param>
    /// <param name="tapped">Whether the layers for the dense head are wanted.</param>
    /// <param name="probe">Told intermediates.</param>
    /// <param name="cancellationToken">Looked at before every block.</param>
    /// <returns>Normalised tokens of the same shape but this transformer's width, normalised scene tokens, and the taps.</returns>
    public (Tensor Views, Tensor Scenes, Tensor[] Taps) Apply(
        Tensor views, Tensor sceneToken, long mostScores, bool tapped, Action<string, Tensor>? probe, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] size = views.shape;
        (long scenes, long count, long tokens, long width) = (size[0], size[1], size[2], _referencePosition.shape[1]);
        Tensor x = Embedded(views.reshape(scenes, count * tokens, size[3]));
        Tensor scene = Embedded(sceneToken.expand(scenes, 1, size[3])).contiguous();
        x.narrow(1, 0, tokens).add_(_referencePosition);
        probe?.Invoke("aat_tokens_in", Joined(x, scene));

        List<Tensor> taps = [];
        for (int i = 0; i < _blocks.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i % 2 == 0) (x, scene) = Globally(_blocks[i], x, scene, mostScores, i, probe);
            else _blocks[i].Apply(x.view(scenes * count, tokens, width), mostScores);
            if (i % 2 != 0) probe?.Invoke($"aat_block{i}", x);
            if (tapped && _taps.Contains(i)) taps.Add(_norm.Apply(x).view(scenes, count, tokens, width));
        }

        Tensor normed = _norm.Apply(x), normedScene = _norm.Apply(scene);
        probe?.Invoke("aat_norm", Joined(normed, normedScene));
        return (normed.view(scenes, count, tokens, width).MoveToOuterDisposeScope(), normedScene.squeeze(1).MoveToOuterDisposeScope(),
            [.. taps.Select(tap => tap.MoveToOuterDisposeScope())]);
    }

    private Tensor Embedded(Tensor x) => _projection is null ? x.clone() : _projection.Apply(x.As(_formats.Compute)).As(_formats.Exact);

    // A block over all tokens of a scene; the pieces that it replaces are freed.
    private static (Tensor Views, Tensor Scene) Globally(
        ViewBlock block, Tensor views, Tensor scene, long mostScores, int index, Action<string, Tensor>? probe)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor all = Joined(views, scene);
        views.Dispose();
        scene.Dispose();
        block.Apply(all, mostScores);
        probe?.Invoke($"aat_block{index}", all);
        long tokens = all.shape[1] - 1;
        return (all.narrow(1, 0, tokens).contiguous().MoveToOuterDisposeScope(), all.narrow(1, tokens, 1).contiguous().MoveToOuterDisposeScope());
    }

    private static Tensor Joined(Tensor views, Tensor scene) => cat([views, scene], dim: 1);
}
