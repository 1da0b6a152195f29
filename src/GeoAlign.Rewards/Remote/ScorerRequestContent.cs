using System.Net;
using System.Net.Http.Headers;

namespace GeoAlign.Rewards;

/// <summary>A request as the body of an HTTP message; pixels go out from where they are.</summary>
internal sealed class ScorerRequestContent : HttpContent
{
    private readonly ScorerRequest _request;

    public ScorerRequestContent(ScorerRequest request)
    {
        _request = request;
        Headers.ContentType = new MediaTypeHeaderValue(ScorerProtocol.RequestContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _request.WriteAsync(stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => _request.WriteAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _request.LengthBytes;
        return true;
    }
}
