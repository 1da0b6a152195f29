using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace GeoAlign.Miniature.Tests.Estimators;

public class PictureBasisTests
{
    [Fact]
    public void Components_of_clean_pictures_have_the_variance_that_the_noise_leaves()
    {
        const double noise = 0.05;
        using FramePool pool = FramePool.Render(new(Room.FromSeed(1)), new() { Clips = 300 });
        using PictureBasis basis = PictureBasis.Fit(pool.Plain, 20, noise);
        using Linear layer = basis.ToComponents();
        using IDisposable noGradient = no_grad();
        using Tensor components = layer.forward(pool.Plain);

        // λ/(λ + n²): below 1, larger for the later ones (ascending λ); uncorrelated, mean 0.
        float[] variance = TensorValues.Of(components.square().mean([0L])), mean = TensorValues.Of(components.mean([0L]));
        float[] covariance = TensorValues.Of(components.transpose(0, 1).matmul(components) / pool.Count);
        for (int i = 0; i < 20; i++)
        {
            Assert.InRange(variance[i], 0.5, 1);
            Assert.Equal(0, mean[i], 1e-3);
            for (int j = 0; j < i; j++) Assert.Equal(0, covariance[20 * i + j], 1e-3);
        }

        Assert.True(variance[19] > variance[0]);
    }

    [Fact]
    public void The_projection_is_not_trained()
    {
        using FramePool pool = FramePool.Render(new(Room.FromSeed(1)), new() { Clips = 20 });
        using PictureBasis basis = PictureBasis.Fit(pool.Plain, 8, 0.05);
        using Linear layer = basis.ToComponents();

        Assert.All(layer.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.Equal([8, 768], layer.weight.shape);
    }
}
