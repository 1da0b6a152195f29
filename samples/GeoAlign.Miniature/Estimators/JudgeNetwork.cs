using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Miniature;

/// <summary>A second opinion on camera poses that is never a reward: convolutions on the pixels with their coordinates.</summary>
/// <remarks>Shares with <see cref="PoseNetwork"/> neither layers nor projection, seeds or frames; same input and outputs.</remarks>
internal sealed class JudgeNetwork : nn.Module<Tensor, Tensor>, IFrameNetwork
{
    private const int Side = 16, Narrow = 24, Wide = 48, Hidden = 256, Deepest = Wide * 4 * 4;

    private readonly Conv2d _pixels = nn.Conv2d(5, Narrow, 3, padding: 1);
    private readonly Conv2d _half = nn.Conv2d(Narrow, Wide, 4, stride: 2, padding: 1);
    private readonly Conv2d _quarter = nn.Conv2d(Wide, Wide, 4, stride: 2, padding: 1);
    private readonly Linear _first = nn.Linear(Deepest, Hidden);
    private readonly Linear _second = nn.Linear(Hidden, Hidden);
    private readonly Linear _last = nn.Linear(Hidden, IFrameNetwork.Outputs);
    private readonly Tensor _coordinates = TensorValues.From(Coordinates(), 1, 2, Side, Side);

    public JudgeNetwork() : base(nameof(JudgeNetwork)) => RegisterComponents();

    /// <inheritdoc/>
    public override Tensor forward(Tensor pictures)
    {
        long n = pictures.shape[0];
        Tensor x = cat([pictures.view(n, 3, Side, Side), _coordinates.expand(n, 2, Side, Side)], 1);
        x = nn.functional.silu(_pixels.forward(x));
        x = nn.functional.silu(_half.forward(x));
        x = nn.functional.silu(_quarter.forward(x));
        x = nn.functional.silu(_first.forward(x.reshape(n, Deepest)));
        return _last.forward(x + nn.functional.silu(_second.forward(x)));
    }

    /// <inheritdoc/>
    public string Write(OnnxGraph graph, string pictures)
    {
        string planes = graph.Reshape(pictures, -1, 3, Side, Side);
        string first = graph.Slice(planes, 1, 0, 2);
        string coordinates = graph.Plus(graph.Times(first, 0), graph.Constant(Coordinates(), 1, 2, Side, Side));     // repeated for every frame
        string x = graph.Silu(graph.Convolution(graph.Concatenate(1, planes, coordinates), _pixels, 1, 1));
        x = graph.Silu(graph.Convolution(x, _half, 2, 1));
        x = graph.Silu(graph.Convolution(x, _quarter, 2, 1));
        x = graph.Silu(graph.Linear(graph.Reshape(x, -1, Deepest), _first));
        return graph.Linear(graph.Plus(x, graph.Silu(graph.Linear(x, _second))), _last);
    }

    // Pixel centres from −1 to 1: x in the first plane, y in the second.
    private static float[] Coordinates()
    {
        float[] planes = new float[2 * Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                planes[y * Side + x] = (2 * x + 1f) / Side - 1;
                planes[Side * Side + y * Side + x] = (2 * y + 1f) / Side - 1;
            }
        }

        return planes;
    }
}
