using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>Reads the camera pose in the room from single frames: a fixed projection onto the room's pictures, then a residual perceptron.</summary>
/// <remarks>Frames [N, 768] in, [N, 7] out: <see cref="PoseCoordinates"/> and the logarithm of the frame's mean square damage.</remarks>
internal sealed class PoseNetwork : nn.Module<Tensor, Tensor>, IFrameNetwork
{
    private readonly Linear _basis;
    private readonly Linear _first;
    private readonly ModuleList<Linear> _blocks;
    private readonly Linear _last;

    /// <summary>An untrained network.</summary>
    /// <param name="basis">Projection of the pictures.</param>
    /// <param name="width">Numbers between the layers.</param>
    /// <param name="blocks">Residual layers.</param>
    public PoseNetwork(PictureBasis basis, int width, int blocks) : base(nameof(PoseNetwork))
    {
        _basis = basis.ToComponents();
        _first = nn.Linear(_basis.out_features, width);
        Linear[] layers = new Linear[blocks];
        for (int i = 0; i < blocks; i++) layers[i] = nn.Linear(width, width);
        _blocks = nn.ModuleList(layers);
        _last = nn.Linear(width, IFrameNetwork.Outputs);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor pictures)
    {
        Tensor h = nn.functional.gelu(_first.forward(_basis.forward(pictures)));
        foreach (Linear block in _blocks) h = h + nn.functional.gelu(block.forward(h));
        return _last.forward(h);
    }

    /// <inheritdoc/>
    public string Write(OnnxGraph graph, string pictures)
    {
        string h = graph.Gelu(graph.Linear(graph.Linear(pictures, _basis), _first));
        foreach (Linear block in _blocks) h = graph.Plus(h, graph.Gelu(graph.Linear(h, block)));
        return graph.Linear(h, _last);
    }
}
