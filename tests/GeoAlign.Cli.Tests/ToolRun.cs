namespace GeoAlign.Cli.Tests;

/// <summary>One run of the tool in this process: its exit code and what it wrote.</summary>
internal sealed record ToolRun(int Code, string Output, string Error)
{
    public static async Task<ToolRun> Of(params string[] arguments) => await Of(CancellationToken.None, arguments);

    public static async Task<ToolRun> Of(CancellationToken stop, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = await Tool.RunAsync(arguments, output, error, stop);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>The run, which must have ended well.</summary>
    public static async Task<ToolRun> Done(params string[] arguments)
    {
        ToolRun run = await Of(arguments);
        Assert.True(run.Code == 0, $"geoalign {string.Join(' ', arguments)} ended with {run.Code}: {run.Error}");
        return run;
    }
}
