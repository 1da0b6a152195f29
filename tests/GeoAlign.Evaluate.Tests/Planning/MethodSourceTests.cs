namespace GeoAlign.Evaluate.Tests.Planning;

public class MethodSourceTests
{
    [Fact]
    public void Videos_poses_and_limits_of_a_method_are_joined_by_its_name() =>
        Assert.Equal(
            [new MethodSource("a", "x"), new MethodSource("b", "y=1", "p", 49), new MethodSource("c", null, "q")],
            MethodSource.Join(["a=x", "b=y=1"], ["b=p", "c=q"], ["b=49"]));

    [Fact]
    public void Entries_that_cannot_be_read_are_refused()
    {
        Assert.Throws<UsageException>(() => MethodSource.Join([], [], []));
        Assert.Throws<UsageException>(() => MethodSource.Join(["folder"], [], []));
        Assert.Throws<UsageException>(() => MethodSource.Join(["a=x", "a=y"], [], []));
        Assert.Throws<UsageException>(() => MethodSource.Join(["a=x"], [], ["b=49"]));
        Assert.Throws<UsageException>(() => MethodSource.Join(["a=x"], [], ["a=0"]));
    }
}
