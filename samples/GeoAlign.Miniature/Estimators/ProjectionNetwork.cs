using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Projects damaged pictures onto the pictures of the room: a denoising autoencoder.</summary>
/// <remarks>
/// Vincent et al. 2008. Trained with the square error it gives the mean of the clean pictures that a damaged one may come from, so the distance to the
/// result is about the damage. There is no path around the nonlinear layers: whatever they do not know of the room is lost.
/// </remarks>
internal sealed class ProjectionNetwork : nn.Module<Tensor, Tensor>, IFrameNetwork
{
    private readonly Linear _basis;
    private readonly Linear _first;
    private readonly ModuleList<Linear> _blocks;
    private readonly Linear _picture;

    /// <summary>An untrained network.</summary>
    /// <param name="basis">Projection of the pictures.</param>
    /// <param name="width">Numbers between the layers.</param>
    /// <param name="blocks">Residual layers.</param>
    public ProjectionNetwork(PictureBasis basis, int width, int blocks) : base(nameof(ProjectionNetwork))
    {
        _basis = basis.ToComponents();
        _first = nn.Linear(_basis.out_features, width);
        Linear[] layers = new Linear[blocks];
        for (int i = 0; i < blocks; i++) layers[i] = nn.Linear(width, width);
        _blocks = nn.ModuleList(layers);
        _picture = nn.Linear(width, _basis.in_features);
        using (no_grad()) _picture.bias!.copy_(basis.Mean);
        RegisterComponents();
    }

    /// <summary>Frames [N, 768] in, their projections out.</summary>
    public override Tensor forward(Tensor pictures)
    {
        Tensor h = nn.functional.gelu(_first.forward(_basis.forward(pictures)));
        foreach (Linear block in _blocks) h = h + nn.functional.gelu(block.forward(h));
        return _picture.forward(h);
    }

    /// <inheritdoc/>
    public string Write(OnnxGraph graph, string pictures)
    {
        string h = graph.Gelu(graph.Linear(graph.Linear(pictures, _basis), _first));
        foreach (Linear block in _blocks) h = graph.Plus(h, graph.Gelu(graph.Linear(h, block)));
        return graph.Linear(h, _picture);
    }
}
