using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using GeoAlign.Rewards.Tests.Panel;

namespace GeoAlign.Rewards.Tests.Remote;

/// <summary>Requests that break the protocol are refused with a message, and cost no memory.</summary>
public class ScorerServiceTests
{
    private const string Rollout = """{"id":"0","frames":1,"height":1,"width":2,"fps":16}""";

    [Fact]
    public async Task Plain_request_is_answered()
    {
        (int status, JsonElement json) = await SendAsync(Header(Rollout), pixels: 6);

        Assert.Equal(200, status);
        Assert.Equal("r1", json.GetProperty("request").GetString());
        Assert.Equal(5, json.GetProperty("results")[0].GetProperty("scores")[0].GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("""{"id":"0","frames":0,"height":1,"width":2,"fps":16}""", "frames: is 0")]
    [InlineData("""{"id":"0","frames":1.5,"height":1,"width":2,"fps":16}""", "frames: is 1.5")]
    [InlineData("""{"id":"0","frames":99999,"height":1,"width":2,"fps":16}""", "frames: is 99999")]
    [InlineData("""{"id":"0","frames":1,"height":-1,"width":2,"fps":16}""", "height: is -1")]
    [InlineData("""{"id":"0","frames":1,"height":1,"fps":16}""", "width: is missing")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":0}""", "fps: is 0")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":1e999}""", "fps: is 1e999")]
    [InlineData("""{"id":"","frames":1,"height":1,"width":2,"fps":16}""", "id: has 0 characters")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"target":[]}""", "target: has no pose")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"target":[[1,0,0,0,0,1,0,0,0,0,1]]}""", "list of 12 numbers")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"target":[[2,0,0,0,0,1,0,0,0,0,1,0]]}""", "no rigid motion")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"target_frames":[0]}""", "without a target")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"target":[[1,0,0,0,0,1,0,0,0,0,1,0]],"target_frames":[1]}""", "target_frames: has 1")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"source_colours":[1]}""", "list of 6 numbers")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16,"prompt":7}""", "prompt: is a Number")]
    [InlineData("""{"id":"0","frames":1,"height":1,"width":2,"fps":16},{"id":"0","frames":1,"height":1,"width":2,"fps":16}""", "two have the id", 12)]
    public async Task Bad_rollout_is_refused_by_the_name_of_its_field(string rollouts, string message, int pixels = 6) => await RefusedAsync(400, message, Header(rollouts), pixels);

    [Theory]
    [InlineData("not json", "is not JSON")]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"protocol":"geoalign-scorer/2"}""", "expected 'geoalign-scorer/1'")]
    [InlineData("""{"protocol":"geoalign-scorer/1","request":"r1","dimensions":["a"],"rollouts":[]}""", "rollouts: has 0 entries")]
    [InlineData("""{"protocol":"geoalign-scorer/1","request":"\ud800","dimensions":["a"],"rollouts":[]}""", "Unicode")]
    public async Task Bad_header_is_refused(string header, string message) => await RefusedAsync(400, message, header, pixels: 6);

    [Fact]
    public async Task Sizes_that_do_not_add_up_are_refused_before_pixels_are_read()
    {
        await RefusedAsync(400, "its header announces", Header(Rollout), pixels: 5);
        await RefusedAsync(400, "its header announces", Header(Rollout), pixels: 7);
        await RefusedAsync(400, "its header announces", Header("""{"id":"0","frames":4096,"height":8192,"width":8192,"fps":16}"""), pixels: 6);
        await RefusedAsync(400, "ends after 4 of 6 bytes", Header(Rollout), pixels: 4, announcedPixels: 6);
    }

    [Fact]
    public async Task Length_of_the_header_is_checked()
    {
        byte[] body = new byte[30];
        BinaryPrimitives.WriteUInt64LittleEndian(body, ulong.MaxValue);
        using MemoryStream stream = new(body);
        using ScorerService service = Service();

        Assert.Equal(400, (await service.ScoreAsync(stream, body.Length)).StatusCode);
    }

    [Fact]
    public async Task Limits_are_checked_on_the_announced_length()
    {
        using ScorerService service = Service();

        Assert.Equal(411, (await service.ScoreAsync(Stream.Null, null)).StatusCode);
        Assert.Equal(413, (await service.ScoreAsync(Stream.Null, 10_001)).StatusCode);
    }

    [Fact]
    public async Task Other_dimensions_than_the_scorers_are_refused() => await RefusedAsync(422, "expects the dimensions b", Header(Rollout, "b"), pixels: 6);

    [Theory]
    [InlineData(typeof(ArgumentException), 422)]
    [InlineData(typeof(InvalidOperationException), 500)]
    public async Task Reward_that_throws_is_told_to_the_client(Type exception, int status)
    {
        using ScorerService service = new(new FakeReward("a", _ => throw (Exception)Activator.CreateInstance(exception, "no target path")!), "a");

        await RefusedAsync(status, "no target path", Header(Rollout), 6, service: service);
    }

    [Fact]
    public async Task Requests_beyond_the_queue_are_told_to_come_back()
    {
        TaskCompletionSource go = new();
        using ScorerService service = new(FakeReward.After("a", 1, _ => go.Task), "a", maxWaiting: 1);
        Task<(int, JsonElement)> first = SendAsync(Header(Rollout), 6, service: service), second = SendAsync(Header(Rollout), 6, service: service);

        (int status, _) = await SendAsync(Header(Rollout), 6, service: service);
        go.SetResult();

        Assert.Equal(503, status);
        Assert.Equal(200, (await first).Item1);
        Assert.Equal(200, (await second).Item1);
    }

    [Fact]
    public void Description_comes_back_as_it_was()
    {
        using ScorerService service = new(new PerceptualReward(), "looks", new ScorerLimits { MaxRequestBytes = 5L << 30, MaxRollouts = 3 });

        ScorerDescription read = ScorerDescription.Parse(service.Description.ToJson());

        Assert.Equal<RewardDimension>(service.Description.Dimensions, read.Dimensions);
        Assert.Equal(("looks", 5L << 30, 3), (read.Name, read.MaxRequestBytes, read.MaxRollouts));
    }

    [Theory]
    [InlineData("""{"protocol":"x"}""")]
    [InlineData("""{"protocol":"geoalign-scorer/1","name":"n","dimensions":[],"max_request_bytes":1,"max_rollouts":1}""")]
    [InlineData("""{"protocol":"geoalign-scorer/1","name":"n","dimensions":[{"name":"a","unit":"1","description":"d"},{"name":"a","unit":"1","description":"d"}],"max_request_bytes":1,"max_rollouts":1}""")]
    [InlineData("""{"protocol":"geoalign-scorer/1","name":"n","dimensions":[{"name":"a","unit":"1","description":"d"}],"max_request_bytes":-1,"max_rollouts":1}""")]
    public void Bad_description_is_refused(string json) => Assert.Throws<ScorerProtocolException>(() => ScorerDescription.Parse(Encoding.UTF8.GetBytes(json)));

    private static ScorerService Service() => new(new FakeReward("a", _ => 5), "a", new ScorerLimits { MaxRequestBytes = 10_000 });

    private static string Header(string rollouts, string dimension = "a") => $$"""{"protocol":"geoalign-scorer/1","request":"r1","dimensions":["{{dimension}}"],"rollouts":[{{rollouts}}]}""";

    private static async Task RefusedAsync(int status, string message, string header, int pixels, int? announcedPixels = null, ScorerService? service = null)
    {
        (int actual, JsonElement json) = await SendAsync(header, pixels, announcedPixels, service);

        Assert.Equal(status, actual);
        Assert.Contains(message, json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(int Status, JsonElement Json)> SendAsync(string header, int pixels, int? announcedPixels = null, ScorerService? service = null)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] body = new byte[8 + text.Length + pixels];
        BinaryPrimitives.WriteUInt64LittleEndian(body, (ulong)text.Length);
        text.CopyTo(body, 8);
        using MemoryStream stream = new(body);
        using ScorerService? own = service is null ? Service() : null;
        ScorerReply reply = await (service ?? own!).ScoreAsync(stream, 8 + text.Length + (announcedPixels ?? pixels));
        using JsonDocument document = JsonDocument.Parse(reply.Json);
        return (reply.StatusCode, document.RootElement.Clone());
    }
}
