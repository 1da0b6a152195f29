namespace GeoAlign.Sampling.Tests.Video;

public class NaturalOrderTests
{
    [Fact]
    public void Numbers_inside_names_compare_as_numbers()
    {
        string[] ordered = ["a.png", "frame1.png", "frame01.png", "frame2.png", "frame10.png", "frame10b.png", "shot2_9.png", "shot10_1.png", "shot10_02.png"];
        string[] shuffled = [.. ordered.OrderBy(n => n.Length).ThenByDescending(n => n, StringComparer.Ordinal)];

        Array.Sort(shuffled, NaturalOrder.Instance);

        Assert.Equal(["a.png", "frame01.png", "frame1.png", "frame2.png", "frame10.png", "frame10b.png", "shot2_9.png", "shot10_1.png", "shot10_02.png"], shuffled);
    }

    [Fact]
    public void Order_is_total() => ForAll.Seeds(300, rng =>
    {
        string Name() => string.Concat(Enumerable.Range(0, rng.Next(1, 6)).Select(_ => "0019ab"[rng.Next(6)]));
        (string a, string b, string c) = (Name(), Name(), Name());
        int Order(string x, string y) => Math.Sign(NaturalOrder.Instance.Compare(x, y));

        Assert.Equal(Order(a, b), -Order(b, a));
        Assert.Equal(a == b, Order(a, b) == 0);
        if (Order(a, b) <= 0 && Order(b, c) <= 0) Assert.True(Order(a, c) <= 0, $"{a}, {b}, {c}");
    });
}
