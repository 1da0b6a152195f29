using TorchSharp;
using static TorchSharp.torch;

namespace GeoAlign.TorchSharp.System.Tests.Torch;

public class StateTests : TorchFacts
{
    [Fact]
    public void Grad_mode_is_switched_and_restored()
    {
        Tensor x = ones(1, requires_grad: true);

        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad()) Assert.True((x * 2).requires_grad);
            using (set_grad_enabled(true)) Assert.True(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
        using (enable_grad(false)) Assert.False(is_grad_enabled());
    }

    [Fact]
    public void Grad_mode_belongs_to_a_thread()
    {
        bool other = false;
        using (no_grad())
        {
            Thread thread = new(() => other = is_grad_enabled());
            thread.Start();
            thread.Join();
        }

        Assert.True(other);
    }

    [Fact]
    public void Inference_tensors_cannot_be_recorded()
    {
        Tensor x;
        using (inference_mode()) x = ones(2) * 2;

        Assert.False(x.requires_grad);
        Assert.Throws<global::System.Runtime.InteropServices.ExternalException>(() => x.requires_grad = true);
    }

    [Fact]
    public void Settings_of_the_process()
    {
        Assert.StartsWith("1.13", __version__, StringComparison.Ordinal);
        Assert.Equal(1, get_num_threads());
        Assert.True(get_num_interop_threads() >= 1);
        Assert.False(are_deterministic_algorithms_enabled());
        using (use_deterministic_algorithms()) Assert.True(are_deterministic_algorithms_enabled());
        Assert.False(are_deterministic_algorithms_enabled());
        Assert.Equal(CPU, get_default_device());
        backends.cuda.matmul.allow_tf32 = true;
        Assert.True(backends.cuda.matmul.allow_tf32);
        backends.cuda.matmul.allow_tf32 = false;
        Assert.False(backends.cuda.matmul.allow_tf32);
    }
}
