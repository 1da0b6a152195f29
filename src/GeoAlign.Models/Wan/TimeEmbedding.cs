using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace GeoAlign.Models;

/// <summary>
/// Embeds the timestep: a sinusoid of frequencies <c>10000^(−j/half)</c>, cosines first, then a two-layer perceptron with SiLU.
/// </summary>
/// <remarks>
/// Wan2.1 <c>sinusoidal_embedding_1d</c> and <c>time_embedding</c>. The angles are double precision, the rest full precision.
/// </remarks>
internal sealed class TimeEmbedding : nn.Module
{
    private const double Base = 10000;

    private readonly int _width;
    private readonly Device _device;
    private readonly ScalarType _exact;
    [ComponentName(Name = "0")] private readonly Projection _first;
    [ComponentName(Name = "2")] private readonly Projection _second;

    public TimeEmbedding(ParameterFactory make, WanConfig config) : base(nameof(TimeEmbedding))
    {
        (_width, _device, _exact) = (config.TimeWidth, make.Device, make.Formats.Exact);
        _first = Projection.Exact(make, config.TimeWidth, config.Width);
        _second = Projection.Exact(make, config.Width, config.Width);
        RegisterComponents();
    }

    /// <summary>Embeds timesteps in [0, 1000] to <c>[count, D]</c>.</summary>
    public Tensor Apply(ReadOnlySpan<float> timesteps, Action<string, Tensor>? probe)
    {
        Tensor sinusoid = tensor(Sinusoid(timesteps), [timesteps.Length, _width], dtype: _exact, device: _device);
        Tensor embedding = _second.Apply(_first.Apply(sinusoid).silu());
        probe?.Invoke("sinusoidal", sinusoid);
        probe?.Invoke("time_embedding", embedding);
        return embedding;
    }

    private double[] Sinusoid(ReadOnlySpan<float> timesteps)
    {
        int half = _width / 2;
        double[] values = new double[timesteps.Length * _width];
        for (int i = 0; i < timesteps.Length; i++)
        {
            for (int j = 0; j < half; j++)
            {
                (double sine, double cosine) = Math.SinCos(timesteps[i] * Math.Pow(Base, -(double)j / half));
                values[i * _width + j] = cosine;
                values[i * _width + half + j] = sine;
            }
        }

        return values;
    }
}
