using System.Net;
using System.Net.Sockets;
using GeoAlign.Rewards;

namespace GeoAlign.Cli.Tests.Scoring;

/// <summary>A scorer behind HTTP in this process.</summary>
internal sealed class LocalScorer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ScorerService _service;

    public LocalScorer(ScorerService service)
    {
        _service = service;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            ScorerReply reply = context.Request.HttpMethod == "GET"
                ? new ScorerReply(200, _service.Description.ToJson())
                : await _service.ScoreAsync(context.Request.InputStream, context.Request.ContentLength64);
            context.Response.StatusCode = reply.StatusCode;
            await context.Response.OutputStream.WriteAsync(reply.Json);
            context.Response.Close();
        }
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
