using System.Net;
using GeoAlign.Rewards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GeoAlign.ScorerServer;

/// <summary>A web server around a <see cref="ScorerService"/>: two routes, limits on sizes, and time for the running request when it stops.</summary>
internal sealed class ScorerServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ScorerServer(WebApplication application, Uri address) => (_application, Address) = (application, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts listening.</summary>
    public static async Task<ScorerServer> StartAsync(ScorerService service, ScorerLimits limits, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(endPoint);
            options.Limits.MaxRequestBodySize = limits.MaxRequestBytes;
            options.AddServerHeader = false;
        });
        WebApplication application = builder.Build();
        application.MapGet("/" + ScorerProtocol.DescriptionPath, (HttpContext context) => SendAsync(context, new ScorerReply(200, service.Description.ToJson())));
        application.MapPost("/" + ScorerProtocol.ScorePath, async (HttpContext context) =>
        {
            ScorerReply reply = context.Request.ContentType != ScorerProtocol.RequestContentType
                ? new ScorerReply(415, """{"error":"The content type must be application/vnd.geoalign.scorer."}"""u8.ToArray())
                : context.Request.Headers.ContentEncoding.Count > 0
                ? new ScorerReply(415, """{"error":"The request has a Content-Encoding; it must be sent as it is, uncompressed."}"""u8.ToArray())
                : await service.ScoreAsync(context.Request.Body, context.Request.ContentLength, context.RequestAborted);
            await SendAsync(context, reply);
        });
        await application.StartAsync(cancellationToken);
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new ScorerServer(application, new Uri(address));
    }

    /// <summary>Waits until it is told to stop; then lets the running request end.</summary>
    public async Task RunUntilAsync(CancellationToken stop)
    {
        await using CancellationTokenRegistration registration = stop.Register(_application.Lifetime.StopApplication);
        await _application.WaitForShutdownAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task SendAsync(HttpContext context, ScorerReply reply)
    {
        context.Response.StatusCode = reply.StatusCode;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = reply.Json.Length;
        await context.Response.Body.WriteAsync(reply.Json, context.RequestAborted);
    }
}
