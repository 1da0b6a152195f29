namespace GeoAlign.Reporting.Tests.Browser;

/// <summary>A fact about pages in a browser. Without Chromium it is skipped, saying so; where CI_REQUIRE_CHROMIUM is 1 or GEOALIGN_CHROMIUM names a browser, it fails instead.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        bool isExpected = Environment.GetEnvironmentVariable("CI_REQUIRE_CHROMIUM") == "1" || Environment.GetEnvironmentVariable(ChromiumExecutable.EnvironmentVariable) is { Length: > 0 };
        if (!isExpected && ChromiumExecutable.TryFind() is null)
            Skip = $"Chromium is not installed and not named in {ChromiumExecutable.EnvironmentVariable}; CI_REQUIRE_CHROMIUM=1 makes this a failure.";
    }
}
