using System.Collections.Immutable;

namespace GeoAlign.Models;

/// <summary>Puts a plan together: which network is on the device in which stage, and what that stage allocates.</summary>
internal static class MemoryPlanning
{
    // Adam keeps two moments of four bytes; gradients and averages have four more each.
    private const long OptimiserBytesPerNumber = 8, GradientBytesPerNumber = 4, AverageBytesPerNumber = 4;

    /// <summary>Stages and host memory of a run.</summary>
    public static T Of<T>(MemoryPlanRequest request, Func<ImmutableArray<MemoryStage>, long, T> make)
    {
        TransformerMemory transformer = TransformerMemory.Of(request);
        List<(string Name, long Bytes, WorkStage Stages, bool Stays)> networks = [("transformer", transformer.WeightBytes, WorkStage.Rollout | WorkStage.Update, request.Training is not null)];
        if (request is { TextEncoder: { } text, TextFirst: false }) networks.Add(("text encoder", EncoderMemory.TextWeights(text, request.TextType), WorkStage.Text, false));
        if (request.Autoencoder) networks.Add(("autoencoder", EncoderMemory.AutoencoderWeights(request.AutoencoderType), WorkStage.Encode | WorkStage.Decode, false));
        if (request.Network.ImageWidth is not null) networks.Add(("image encoder", EncoderMemory.ImageWeights, WorkStage.Encode, false));
        foreach ((string name, long bytes) in request.Rewards) networks.Add((name, bytes, WorkStage.Reward, false));

        List<MemoryItem> always = [];
        if (request.Training is { } training)
        {
            always.Add(new("optimiser", transformer.TrainedParameters * OptimiserBytesPerNumber, true));
            if (training.KeepAverage) always.Add(new("moving average", transformer.TrainedParameters * AverageBytesPerNumber, true));
        }

        MemoryItem conditions = new(request.Conditions == 1 ? "prepared condition" : "prepared conditions", request.Conditions * transformer.ConditionBytes, true);
        List<MemoryStage> stages = [];
        if (request.TextEncoder is { } encoder)
        {
            MemoryItem prompt = new(request.PromptsAtOnce == 1 ? "one prompt" : $"{request.PromptsAtOnce} prompts", EncoderMemory.Text(encoder, request.PromptsAtOnce, request.TextType), false);
            if (request.TextFirst) stages.Add(new MemoryStage(WorkStage.Text, [new MemoryItem("text encoder", EncoderMemory.TextWeights(encoder, request.TextType), true), prompt]));
            else Add(WorkStage.Text, [], prompt);
        }

        if (request.Autoencoder)
        {
            Add(WorkStage.Encode, [], new MemoryItem("one video", Math.Max(
                EncoderMemory.Encode(WanVaeConfig.Release, request.Shape, request.Tiling, request.AutoencoderType),
                request.Network.ImageWidth is null ? 0 : EncoderMemory.Image(request.Shape)), false));
        }

        Add(WorkStage.Rollout, [conditions], new MemoryItem(Members("pass"), transformer.ForwardBytes, false));
        if (request.Autoencoder) Add(WorkStage.Decode, [conditions], new MemoryItem("one video", EncoderMemory.Decode(WanVaeConfig.Release, request.Shape, request.Tiling, request.AutoencoderType), false));
        if (!request.Rewards.IsEmpty) Add(WorkStage.Reward, [conditions]);
        if (request.Training is not null)
        {
            Add(WorkStage.Update, [conditions],
                new MemoryItem("gradients", transformer.TrainedParameters * GradientBytesPerNumber, false),
                new MemoryItem(Members("pass there and back"), transformer.BackwardBytes, false));
        }

        long latents = 4L * request.Shape.Count, videos = request.Shape.VideoBytes;
        long host = (long)request.Conditions * request.GroupSize * (2 * latents + videos) + (request.Offload ? networks.Where(n => !n.Stays).Sum(n => n.Bytes) : 0);
        return make([.. stages], host);

        string Members(string what) => request.MembersAtOnce == 1 ? $"{what}, {transformer.Tokens:N0} tokens" : $"{what}, {request.MembersAtOnce} × {transformer.Tokens:N0} tokens";

        void Add(WorkStage stage, MemoryItem[] resident, params MemoryItem[] work) => stages.Add(new MemoryStage(stage,
        [
            .. networks.Where(n => !request.Offload || n.Stays || n.Stages.HasFlag(stage)).Select(n => new MemoryItem(n.Name, n.Bytes, true)),
            .. always, .. resident, .. work,
        ]));
    }
}
