namespace GeoAlign.Models;

/// <summary>Memory did not suffice for a stage. The message names the stage, what the allocator said, and what to reduce.</summary>
/// <param name="stage">The stage.</param>
/// <param name="cause">What the library threw.</param>
public sealed class StageMemoryException(WorkStage stage, Exception cause)
    : Exception($"Out of memory while {Doing(stage)}. {Remedies(stage)} The library said: {FirstLine(Telling(cause) ?? cause)}", cause)
{
    // libtorch on the processor (two wordings), on CUDA, in cuBLAS and cuDNN; this repository's allocator; ONNX Runtime.
    private static readonly string[] Signs =
    [
        "not enough memory", "can't allocate memory", "out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED", "CPU memory: no block of",
        "Failed to allocate memory", "bad_alloc",
    ];

    /// <summary>The stage.</summary>
    public WorkStage Stage { get; } = stage;

    /// <summary>Whether an exception, or one it carries, says that an allocation failed. False for one of this type: it has been explained.</summary>
    public static bool IsCause(Exception error) => error is not StageMemoryException && Telling(error) is not null;

    private static Exception? Telling(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is OutOfMemoryException || Signs.Any(sign => error.Message.Contains(sign, StringComparison.OrdinalIgnoreCase))) return error;
        }

        return null;
    }

    private static string Doing(WorkStage stage) => stage switch
    {
        WorkStage.Text => "encoding prompts",
        WorkStage.Encode => "encoding the condition video",
        WorkStage.Rollout => "generating latents",
        WorkStage.Decode => "decoding the video",
        WorkStage.Reward => "scoring videos",
        WorkStage.Update => "updating the weights",
        _ => $"working on {stage}",
    };

    private static string Remedies(WorkStage stage) => stage switch
    {
        WorkStage.Text => "Keep the text encoder in bfloat16, encode fewer prompts at once, or turn offloading on.",
        WorkStage.Encode or WorkStage.Decode => "Use fewer frames or a smaller picture, cut it into tiles, keep the autoencoder in bfloat16, or turn offloading on.",
        WorkStage.Rollout => "Use fewer frames, a smaller picture or a smaller group, keep the network in bfloat16, or turn offloading on.",
        WorkStage.Reward => "Use fewer frames, a smaller picture or a smaller group, or turn offloading on.",
        WorkStage.Update =>
            "Recompute activations in the backward pass, use fewer frames, a smaller picture or a smaller group, keep the frozen weights in bfloat16, train low-rank additions, or turn offloading on.",
        _ => "Use fewer frames, a smaller picture or a smaller group, tiles, bfloat16 weights, or offloading.",
    };

    private static string FirstLine(Exception error) => error.Message.Split('\n', 2)[0].TrimEnd();
}
