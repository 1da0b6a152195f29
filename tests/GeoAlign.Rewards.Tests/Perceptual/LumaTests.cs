namespace GeoAlign.Rewards.Tests.Perceptual;

public class LumaTests
{
    [Fact]
    public void Luma_is_that_of_Pillow_to_the_last_bit()
    {
        byte[] rgb = Array.ConvertAll(Golden.File["gray.rgb"].Values, v => (byte)v);
        byte[] luma = new byte[rgb.Length / 3];

        Luma.Convert(rgb, luma);

        Assert.Equal(Golden.File["gray.pil_L"].Integers(), luma.Select(l => (long)l));
    }

    [Fact]
    public void Grey_keeps_its_level()
    {
        for (int level = 0; level < 256; level++) Assert.Equal(level, Luma.Of((byte)level, (byte)level, (byte)level));
    }

    [Fact]
    public void Lengths_must_fit() => Assert.Throws<ArgumentException>(() => Luma.Convert(new byte[10], new byte[3]));
}
