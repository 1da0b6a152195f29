using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Models.Tests;

/// <summary>Layers that fold pixels or cells into tokens, against plain loops on grids that are not square.</summary>
public sealed class GridLayoutTests : IDisposable
{
    private const int Rows = 2, Columns = 3, Frames = 2;

    private static readonly RedirectorConfig Config = RedirectorConfig.Tiny;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly RedirectorTransformer _network = RedirectorTransformer.CreateRandom(Config, seed: 3);

    [Fact]
    public void The_patch_embedding_is_the_convolution_over_2_by_2_cells()
    {
        double[] latents = Numbers(16 * Frames * 2 * Rows * 2 * Columns, 1), tokens = [];
        Layer<PatchEmbedding>("patch_embedding", layer => tokens = RedirectorFixture.Values(
            layer.Apply(tensor(latents, [1, 16, Frames, 2 * Rows, 2 * Columns], dtype: ScalarType.Float32))));
        double[] weight = Weight("patch_embedding.weight"), bias = Weight("patch_embedding.bias"), expected = new double[tokens.Length];

        int at = 0;
        for (int f = 0; f < Frames; f++)
            for (int i = 0; i < Rows; i++)
                for (int j = 0; j < Columns; j++)
                    for (int d = 0; d < Config.Width; d++)
                    {
                        double sum = bias[d];
                        for (int c = 0; c < 16; c++)
                            for (int p = 0; p < 2; p++)
                                for (int q = 0; q < 2; q++)
                                {
                                    int cell = ((c * Frames + f) * 2 * Rows + 2 * i + p) * 2 * Columns + 2 * j + q;
                                    sum += weight[((d * 32 + c) * 2 + p) * 2 + q] * latents[cell];
                                }

                        expected[at++] = sum;
                    }

        Near.Equal(expected, tokens, 1e-5, what: "tokens");
    }

    [Fact]
    public void The_control_adapter_folds_pixels_and_convolves_the_grid()
    {
        int height = 16 * Rows, width = 16 * Columns, size = Config.Width;
        double[] maps = Numbers(24 * height * width, 2), tokens = [];
        Layer<ControlAdapter>("control_adapter", layer =>
            tokens = RedirectorFixture.Values(layer.Apply(tensor(maps, [1, 24, height, width], dtype: ScalarType.Float32))));
        double[] kernel = Weight("control_adapter.conv.weight"), bias = Weight("control_adapter.conv.bias"),
            folded = new double[size * Rows * Columns];

        for (int d = 0; d < size; d++)
            for (int i = 0; i < Rows; i++)
                for (int j = 0; j < Columns; j++)
                {
                    double sum = bias[d];
                    for (int channel = 0; channel < 1536; channel++)
                        for (int p = 0; p < 2; p++)
                            for (int q = 0; q < 2; q++)
                            {
                                (int c, int r, int s) = (channel / 64, channel / 8 % 8, channel % 8);
                                int pixel = (c * height + (2 * i + p) * 8 + r) * width + (2 * j + q) * 8 + s;
                                sum += kernel[((d * 1536 + channel) * 2 + p) * 2 + q] * maps[pixel];
                            }

                    folded[(d * Rows + i) * Columns + j] = sum;
                }

        double[] hidden = Convolve(folded, "conv1");
        for (int i = 0; i < hidden.Length; i++) hidden[i] = Math.Max(0, hidden[i]);
        double[] added = Convolve(hidden, "conv2"), expected = new double[tokens.Length];
        for (int cell = 0; cell < Rows * Columns; cell++)
            for (int d = 0; d < size; d++) expected[cell * size + d] = folded[d * Rows * Columns + cell] + added[d * Rows * Columns + cell];

        Near.Equal(expected, tokens, 2e-5, what: "camera tokens");
    }

    [Fact]
    public void The_head_lays_channels_fastest_inside_a_patch()
    {
        LatentShape shape = new(Frames, 2 * Rows, 2 * Columns);
        double[] velocity = [], patches = [];
        Tensor x = tensor(
            Numbers(Frames * Rows * Columns * Config.Width, 4), [1, Frames * Rows * Columns, Config.Width], dtype: ScalarType.Float32);
        Layer<WanHead>("head", layer => velocity = RedirectorFixture.Values(
            layer.Apply(x, zeros(1, Config.Width), shape, (_, seen) => patches = RedirectorFixture.Values(seen))));
        double[] expected = new double[velocity.Length];

        for (int f = 0; f < Frames; f++)
            for (int i = 0; i < Rows; i++)
                for (int j = 0; j < Columns; j++)
                    for (int n = 0; n < 64; n++)
                    {
                        (int p, int q, int c) = (n / 32, n / 16 % 2, n % 16);
                        expected[((c * Frames + f) * shape.Height + 2 * i + p) * shape.Width + 2 * j + q] =
                            patches[((f * Rows + i) * Columns + j) * 64 + n];
                    }

        Assert.Equal(expected, velocity);
    }

    public void Dispose()
    {
        _scope.Dispose();
        _network.Dispose();
    }

    private double[] Convolve(double[] x, string layer)
    {
        int size = Config.Width;
        double[] kernel = Weight($"control_adapter.residual_blocks.0.{layer}.weight"),
            bias = Weight($"control_adapter.residual_blocks.0.{layer}.bias"), y = new double[x.Length];
        for (int d = 0; d < size; d++)
            for (int i = 0; i < Rows; i++)
                for (int j = 0; j < Columns; j++)
                {
                    double sum = bias[d];
                    for (int c = 0; c < size; c++)
                        for (int p = -1; p <= 1; p++)
                            for (int q = -1; q <= 1; q++)
                                if (i + p is >= 0 and < Rows && j + q is >= 0 and < Columns)
                                    sum += kernel[((d * size + c) * 3 + p + 1) * 3 + q + 1] * x[(c * Rows + i + p) * Columns + j + q];
                    y[(d * Rows + i) * Columns + j] = sum;
                }

        return y;
    }

    private void Layer<T>(string name, Action<T> use) where T : nn.Module
    {
        using IDisposable noGradient = no_grad();
        use((T)_network.named_children().Single(child => child.Item1 == name).Item2);
    }

    private double[] Weight(string name) => RedirectorFixture.Values(RedirectorFixture.Weights(_network)[name]);

    private static double[] Numbers(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextDouble() - 1)];
    }
}
