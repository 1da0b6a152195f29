namespace GeoAlign.Reporting.Tests.Pictures;

public class ChromiumExecutableTests
{
    [Fact]
    public void The_variable_goes_before_the_search_path()
    {
        string here = typeof(ChromiumExecutableTests).Assembly.Location;

        Assert.Equal(here, ChromiumExecutable.Find(name => name == ChromiumExecutable.EnvironmentVariable ? here : "/usr/bin"));
    }

    [Fact]
    public void A_variable_that_names_nothing_is_an_error_and_not_ignored()
    {
        ChromiumNotFoundException error = Assert.Throws<ChromiumNotFoundException>(() => ChromiumExecutable.Find(name => name == ChromiumExecutable.EnvironmentVariable ? "/no/such/browser" : "/usr/bin"));

        Assert.Contains("'/no/such/browser'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_browser_the_message_says_how_to_get_one()
    {
        ChromiumNotFoundException error = Assert.Throws<ChromiumNotFoundException>(() => ChromiumExecutable.Find(name => name == "PATH" ? "/no/such/folder" : null));

        Assert.Contains("apt-get install chromium", error.Message, StringComparison.Ordinal);
    }
}
