using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>DINOv2 (Oquab et al. 2023): an image to an image token and a token per patch, each view on its own.</summary>
internal sealed class DinoEncoder : nn.Module
{
    private readonly NumberFormats _formats;
    private readonly int _patch, _grid;
    [ComponentName(Name = "cls_token")] private readonly Parameter _imageToken;
    [ComponentName(Name = "pos_embed")] private readonly Parameter _positions;
    [ComponentName(Name = "patch_embed")] private readonly PatchProjection _patches;
    [ComponentName(Name = "blocks")] private readonly ModuleList<ViewBlock> _blocks;
    [ComponentName(Name = "norm")] private readonly AffineLayerNorm? _norm;

    public DinoEncoder(ParameterFactory make, MapAnythingConfig config) : base(nameof(DinoEncoder))
    {
        int width = config.Encoder.Width;
        (_formats, _patch, _grid) = (make.Formats, config.PatchPixels, config.PositionGrid);
        (_imageToken, _positions) = (make.Exact(1, 1, width), make.Exact(1, 1 + _grid * _grid, width));
        _patches = new PatchProjection(make, width, config.PatchPixels);
        _blocks = nn.ModuleList([.. Enumerable.Range(0, config.Encoder.Layers).Select(_ => new ViewBlock(make, config.Encoder))]);
        _norm = config.EncoderNorm ? new AffineLayerNorm(make, width, MapAnythingConfig.Epsilon) : null;
        RegisterComponents();
    }

    /// <summary><c>[views, 3, H, W]</c> to <c>[views, 1 + patches, width]</c> in full precision, the image token first.</summary>
    public Tensor Apply(Tensor views, long mostScores, Action<string, Tensor>? probe, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] size = views.shape;
        Tensor patches = _patches.Apply(views.As(_formats.Compute)).As(_formats.Exact);
        Tensor x = cat([_imageToken.expand(size[0], 1, _imageToken.shape[2]), patches], dim: 1);
        x.add_(Positions((int)(size[2] / _patch), (int)(size[3] / _patch)));
        probe?.Invoke("enc_tokens_in", x);
        for (int i = 0; i < _blocks.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _blocks[i].Apply(x, mostScores);
            probe?.Invoke($"enc_block{i}", x);
        }

        return (_norm is null ? x : _norm.Apply(x)).MoveToOuterDisposeScope();
    }

    /// <summary>Positions of the image token and of rows × columns patches: <c>[1, 1 + rows·columns, width]</c>.</summary>
    internal Tensor Positions(int rows, int columns)
    {
        using DisposeScope scope = NewDisposeScope();
        if (rows == _grid && columns == _grid) return _positions.alias().MoveToOuterDisposeScope();

        long width = _positions.shape[2];
        Tensor down = Matrix(rows), across = Matrix(columns);
        Tensor table = _positions.narrow(1, 1, _grid * _grid).reshape(_grid, _grid * width);
        Tensor patches = across.matmul(down.matmul(table).view(rows, _grid, width)).view(1, rows * columns, width);
        return cat([_positions.narrow(1, 0, 1), patches], dim: 1).MoveToOuterDisposeScope();
    }

    private Tensor Matrix(int cells) =>
        tensor(PositionInterpolation.Weights(cells, _grid), [cells, _grid], dtype: _formats.Exact, device: _positions.device);
}
