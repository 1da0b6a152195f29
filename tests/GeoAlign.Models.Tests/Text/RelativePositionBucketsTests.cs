namespace GeoAlign.Models.Tests;

public class RelativePositionBucketsTests
{
    private static readonly RelativePositionBuckets Release = new(32, 128);

    [Fact]
    public void The_golden_table_is_met_for_every_distance()
    {
        long[] places = Umt5Fixture.Golden["bucket.rel_pos"].Integers(), expected = Umt5Fixture.Golden["bucket.index"].Integers();

        Assert.Equal(1023, places.Length);
        Assert.Equal(expected, places.Select(place => (long)Release.Of((int)place)));
    }

    [Fact]
    public void A_table_of_pairs_has_queries_as_rows()
    {
        long[] table = Release.ForAllPairs(3);

        Assert.Equal([0, 17, 18, 1, 0, 17, 2, 1, 0], table);
    }
}
