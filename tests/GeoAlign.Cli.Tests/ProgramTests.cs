namespace GeoAlign.Cli.Tests;

public class ProgramTests
{
    [Fact]
    public void The_tool_is_called_geoalign() => Assert.Equal("geoalign", typeof(Program).Assembly.GetName().Name);
}
