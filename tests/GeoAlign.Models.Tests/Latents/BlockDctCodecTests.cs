namespace GeoAlign.Models.Tests;

public class BlockDctCodecTests
{
    private static readonly BlockDctCodec Codec = new();

    [Fact]
    public void Encoding_a_decoded_latent_gives_the_latent_back() => ForAll.Seeds(20, random =>
    {
        LatentShape shape = new(1 + random.Next(3), 2 * (1 + random.Next(2)), 2 * (1 + random.Next(3)));
        float[] latents = [.. Enumerable.Range(0, shape.Count).Select(_ => (float)(4 * random.NextDouble() - 2))];
        float[] pixels = new float[shape.VideoBytes], back = new float[shape.Count];

        BlockDctCodec.DecodePixels(shape, latents, pixels);
        BlockDctCodec.EncodePixels(shape, pixels, back);

        // Pixels below 6 round to float32 by at most 2.4e-7 each; projected on a unit vector over at most 256 of them with worst-case signs
        // that is 16 · 2.4e-7 · 1.4 (chroma adds two colours), over a scale of at least 0.15: 3.6e-5. Random signs give far less.
        Near.Equal(Array.ConvertAll(latents, v => (double)v), back, 3.6e-5, what: "latents");
    });

    [Fact]
    public void A_constant_video_returns_byte_for_byte() => ForAll.Seeds(40, random =>
    {
        LatentShape shape = LatentShape.ForVideo(9, 32, 16);
        byte[] colour = [(byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256)];
        byte[] video = [.. Enumerable.Range(0, shape.VideoBytes).Select(i => colour[i % 3])];

        Assert.Equal(video, RoundTrip(shape, video));
    });

    [Fact]
    public void A_still_picture_has_equal_shared_channels_in_every_latent_frame()
    {
        LatentShape shape = LatentShape.ForVideo(9, 16, 32);
        byte[] video = Paint(shape, (_, y, x) => (120 + 3 * y + x, 90 + 2 * x, 60 + y));

        float[] latents = Encode(shape, video);

        for (int channel = 0; channel < 12; channel++)
        {
            float[] first = [.. Cells(shape, latents, channel, 0)];
            Near.Equal(Array.ConvertAll(first, v => (double)v), Cells(shape, latents, channel, 1).ToArray(), 1e-5,
                what: $"channel {channel}, latent frame 1");
            Near.Equal(Array.ConvertAll(first, v => (double)v), Cells(shape, latents, channel, 2).ToArray(), 1e-5,
                what: $"channel {channel}, latent frame 2");
        }

        for (int channel = 12; channel < 16; channel++)
            Near.Equal(new double[8], Cells(shape, latents, channel, 1).ToArray(), 1e-5, what: "time patterns");
    }

    [Fact]
    public void White_red_and_a_ramp_give_the_coefficients_of_the_formula()
    {
        LatentShape shape = LatentShape.ForVideo(1, 16, 16);

        float[] white = Encode(shape, Paint(shape, (_, _, _) => (255, 255, 255)));
        float[] red = Encode(shape, Paint(shape, (_, _, _) => (255, 0, 0)));
        float[] ramp = Encode(shape, Paint(shape, (_, _, x) => (x * 8, x * 8, x * 8)));

        Near.Equal([8 / 3.2], Cells(shape, white, 0, 0)[..1], 1e-6, what: "luma of white");                    // √64 · 1
        Near.Equal([8 * (2 * 0.299 - 1) / 3.2], Cells(shape, red, 0, 0)[..1], 1e-6, what: "luma of red");
        Near.Equal([8 * (-2 * 0.299 / 1.772) / 0.4], Cells(shape, red, 6, 0)[..1], 1e-5, what: "Cb of red");
        Near.Equal([8 / 0.4], Cells(shape, red, 9, 0)[..1], 1e-5, what: "Cr of red");
        Assert.True(Cells(shape, ramp, 1, 0)[0] < 0, "brighter to the right is a negative column pattern");
        Near.Equal([0.0], Cells(shape, ramp, 2, 0)[..1], 1e-5, what: "row pattern");
    }

    [Fact]
    public void Brightening_in_time_shows_in_the_first_time_pattern()
    {
        LatentShape shape = LatentShape.ForVideo(5, 16, 16);

        float[] latents = Encode(shape, Paint(shape, (t, _, _) => (100 + 10 * t, 100 + 10 * t, 100 + 10 * t)));

        // Frames 1…4 are −0.1373, −0.0588, 0.0196, 0.0980; times √½ cos(π(2t+1)/8), times √64, over 2·0.36.
        double[] levels = [110 / 127.5 - 1, 120 / 127.5 - 1, 130 / 127.5 - 1, 140 / 127.5 - 1];
        double expected = levels.Select((level, t) => level * Math.Sqrt(0.5) * Math.Cos(Math.PI * (2 * t + 1) / 8)).Sum() * 8 / (2 * 0.36);
        Near.Equal([expected], Cells(shape, latents, 12, 1)[..1], 1e-5, what: "first time pattern");
    }

    [Fact]
    public void A_smooth_moving_clip_keeps_its_picture()
    {
        LatentShape shape = LatentShape.ForVideo(17, 64, 96);
        byte[] video = Paint(shape, (t, y, x) =>
        {
            double u = (x - 1.5 * t) / 15.0, v = (y + 0.7 * t) / 12.0;
            return (128 + 90 * Math.Sin(u) * Math.Cos(v), 120 + 80 * Math.Cos(0.7 * u + v), 110 + 60 * Math.Sin(v));
        });

        double decibel = PeakSignalToNoise(video, RoundTrip(shape, video));

        Assert.InRange(decibel, 37.7, 37.9);      // 37.78 dB measured; it moves when a pattern, a scale or a formula does
    }

    [Fact]
    public void Buffers_of_another_size_are_refused()
    {
        LatentShape shape = LatentShape.ForVideo(5, 16, 16);

        Assert.Throws<ArgumentException>("video", () => Codec.Encode(shape, new byte[shape.VideoBytes - 1], new float[shape.Count]));
        Assert.Throws<ArgumentException>("latents", () => Codec.Encode(shape, new byte[shape.VideoBytes], new float[shape.Count + 1]));
        Assert.Throws<ArgumentException>("video", () => Codec.Decode(shape, new float[shape.Count], new byte[3]));
        Assert.Throws<ArgumentException>("latents", () => Codec.Decode(shape, new float[1], new byte[shape.VideoBytes]));
    }

    private static float[] Encode(LatentShape shape, byte[] video)
    {
        float[] latents = new float[shape.Count];
        Codec.Encode(shape, video, latents);
        return latents;
    }

    private static byte[] RoundTrip(LatentShape shape, byte[] video)
    {
        byte[] back = new byte[video.Length];
        Codec.Decode(shape, Encode(shape, video), back);
        return back;
    }

    private static ReadOnlySpan<float> Cells(LatentShape shape, float[] latents, int channel, int frame) =>
        latents.AsSpan((channel * shape.Frames + frame) * shape.Height * shape.Width, shape.Height * shape.Width);

    private static byte[] Paint(LatentShape shape, Func<int, int, int, (double Red, double Green, double Blue)> colour)
    {
        byte[] video = new byte[shape.VideoBytes];
        int at = 0;
        for (int t = 0; t < shape.VideoFrames; t++)
        {
            for (int y = 0; y < shape.HeightPixels; y++)
            {
                for (int x = 0; x < shape.WidthPixels; x++)
                {
                    (double red, double green, double blue) = colour(t, y, x);
                    video[at++] = (byte)Math.Round(red);
                    video[at++] = (byte)Math.Round(green);
                    video[at++] = (byte)Math.Round(blue);
                }
            }
        }

        return video;
    }

    private static double PeakSignalToNoise(byte[] a, byte[] b) =>
        10 * Math.Log10(255.0 * 255 * a.Length / a.Zip(b, (x, y) => (double)(x - y) * (x - y)).Sum());
}
