using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Projects pictures onto the pictures of the room: a denoising autoencoder through a narrow waist.</summary>
/// <remarks>
/// Vincent et al. 2008. The pictures of one room form a surface of six dimensions (the camera's); a waist of hardly more numbers lets through what a
/// camera can see and no damage, so the distance to the projection is the damage.
/// </remarks>
internal sealed class ProjectionNetwork : nn.Module<Tensor, Tensor>, IFrameNetwork
{
    private readonly Linear _basis;
    private readonly Linear _encoder1;
    private readonly Linear _encoder2;
    private readonly Linear _waist;
    private readonly Linear _decoder1;
    private readonly Linear _decoder2;
    private readonly Linear _decoder3;
    private readonly Linear _picture;

    /// <summary>An untrained network.</summary>
    /// <param name="basis">Projection of the pictures.</param>
    /// <param name="width">Numbers between the layers.</param>
    /// <param name="waist">Numbers of the waist.</param>
    public ProjectionNetwork(PictureBasis basis, int width, int waist) : base(nameof(ProjectionNetwork))
    {
        (_basis, _picture) = (basis.ToComponents(), basis.ToPictures());
        _encoder1 = nn.Linear(_basis.out_features, width);
        _encoder2 = nn.Linear(width, width);
        _waist = nn.Linear(width, waist);
        _decoder1 = nn.Linear(waist, width);
        _decoder2 = nn.Linear(width, width);
        _decoder3 = nn.Linear(width, _basis.out_features);
        RegisterComponents();
    }

    /// <summary>Frames [N, 768] in, their projections out.</summary>
    public override Tensor forward(Tensor pictures)
    {
        Tensor h = nn.functional.gelu(_encoder1.forward(_basis.forward(pictures)));
        h = _waist.forward(h + nn.functional.gelu(_encoder2.forward(h)));
        h = nn.functional.gelu(_decoder1.forward(h));
        h = h + nn.functional.gelu(_decoder2.forward(h));
        return _picture.forward(_decoder3.forward(h));
    }

    /// <inheritdoc/>
    public string Write(OnnxGraph graph, string pictures)
    {
        string h = graph.Gelu(graph.Linear(graph.Linear(pictures, _basis), _encoder1));
        h = graph.Linear(graph.Plus(h, graph.Gelu(graph.Linear(h, _encoder2))), _waist);
        h = graph.Gelu(graph.Linear(h, _decoder1));
        h = graph.Plus(h, graph.Gelu(graph.Linear(h, _decoder2)));
        return graph.Linear(graph.Linear(h, _decoder3), _picture);
    }
}
