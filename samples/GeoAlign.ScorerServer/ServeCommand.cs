using System.CommandLine;
using System.Net;
using GeoAlign.Rewards;
using GeoAlign.Train;

namespace GeoAlign.ScorerServer;

/// <summary>The command line of the scorer server.</summary>
internal static class ServeCommand
{
    private const string Description =
        """
        Serves rewards over HTTP by the protocol geoalign-scorer/1 (docs/rewards.md), so that a trainer can have them scored in another process or
        on another machine: HttpReward.ConnectAsync(client, new Uri("http://127.0.0.1:5077")), or --remote of geoalign train and score.

        Without options it serves the weight-free perceptual measures. Networks are named as for training: --pose-model for the geometry reward
        ("trans", "rot"), --videoalign and --hpsv3 for the learned ones. There is no authentication: leave it on 127.0.0.1, or put a proxy with
        authentication in front of it. Ctrl-C or SIGTERM lets the running request end and stops.
        """;

    public static ToolProgram Create()
    {
        RewardFileOptions files = new();
        Option<string> device = new("--device") { HelpName = "name", Description = "Device of networks with weights: cpu, cuda, cuda:1.", DefaultValueFactory = _ => "cpu" };
        Option<int> threads = new("--threads") { HelpName = "number", Description = "Threads of the networks; 0: their runtimes' own choice.", DefaultValueFactory = _ => 0 };
        Option<bool> noPerceptual = new("--no-perceptual") { Description = "Leave the perceptual measures out; needs a network." };
        Option<string> host = new("--host") { Description = "IP address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };
        Option<int> port = new("--port") { Description = "Port; 0: any that is free.", DefaultValueFactory = _ => 5077 };
        Option<string> name = new("--name") { Description = "Name of this scorer in messages of its clients.", DefaultValueFactory = _ => "geoalign" };
        Option<long> maxMegabytes = new("--max-request-mib") { Description = "Largest request, MiB.", DefaultValueFactory = _ => 512 };
        Option<int> maxRollouts = new("--max-rollouts") { Description = "Most videos in a request.", DefaultValueFactory = _ => 64 };
        Option<int> maxWaiting = new("--max-waiting") { Description = "Most requests that wait for their turn; further ones are told to come back.", DefaultValueFactory = _ => 4 };

        ToolProgram command = new("GeoAlign.ScorerServer", Description);
        foreach (Option option in (Option[])[.. files.Networks, device, threads, noPerceptual, host, port, name, maxMegabytes, maxRollouts, maxWaiting]) command.Options.Add(option);
        command.SetAction(async (parsed, stop) =>
        {
            if (!IPAddress.TryParse(parsed.GetValue(host), out IPAddress? address)) throw new UsageException($"--host is '{parsed.GetValue(host)}', expected an IP address such as 127.0.0.1");
            ScorerLimits limits = new() { MaxRequestBytes = checked(parsed.GetValue(maxMegabytes) << 20), MaxRollouts = parsed.GetValue(maxRollouts) };
            RewardNetworkOptions options = new() { Device = parsed.GetValue(device)!, Threads = parsed.GetValue(threads) };
            using ServedRewards rewards = ServedRewards.Open(files.Read(parsed), options, !parsed.GetValue(noPerceptual));
            using ScorerService service = new(rewards, parsed.GetValue(name)!, limits, parsed.GetValue(maxWaiting));
            await using ScorerServer server = await ScorerServer.StartAsync(service, limits, new IPEndPoint(address, parsed.GetValue(port)), stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync($"{string.Join(", ", rewards.Dimensions.Select(d => d.Name))} at {server.Address}");
            if (!IPAddress.IsLoopback(address)) await parsed.InvocationConfiguration.Error.WriteLineAsync("warning: this address is open to other machines, and there is no authentication");
            await server.RunUntilAsync(stop);
            return ExitCodes.Done;
        });
        return command;
    }
}
