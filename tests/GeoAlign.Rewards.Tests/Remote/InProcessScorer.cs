using System.Net;
using System.Text;

namespace GeoAlign.Rewards.Tests.Remote;

/// <summary>A network of one machine: every request goes to a function. By default to a service; a test may answer scoring requests with anything.</summary>
internal sealed class InProcessScorer(ScorerService service, Func<HttpRequestMessage, byte[], Task<HttpResponseMessage>>? answer = null) : HttpMessageHandler
{
    public static readonly Uri Address = new("http://scorer.test/");

    public List<int> RequestSizes { get; } = [];

    public async Task<HttpReward> ConnectAsync(HttpRewardOptions? options = null) => await HttpReward.ConnectAsync(new HttpClient(this), Address, options);

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get) return Json(Encoding.UTF8.GetString(service.Description.ToJson().Span));
        byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        lock (RequestSizes) RequestSizes.Add(body.Length);
        if (answer is not null) return await answer(request, body).WaitAsync(cancellationToken);
        using MemoryStream stream = new(body);
        ScorerReply reply = await service.ScoreAsync(stream, request.Content.Headers.ContentLength, cancellationToken);
        return Json(Encoding.UTF8.GetString(reply.Json.Span), (HttpStatusCode)reply.StatusCode);
    }
}
