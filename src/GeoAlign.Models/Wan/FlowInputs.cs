namespace GeoAlign.Models;

/// <summary>What every network of the Wan family is told about a video to generate, as plain numbers.</summary>
public abstract record FlowInputs
{
    private protected FlowInputs()
    {
    }

    /// <summary>Size of the latents of the target video.</summary>
    public required LatentShape Shape { get; init; }

    /// <summary>Text features of the prompt; fewer than the network takes are filled up with zeros. Null exactly for a network without text.</summary>
    public required TokenFeatures? Text { get; init; }

    /// <summary>Text features of the negative prompt; needed only for guidance.</summary>
    public TokenFeatures? NegativeText { get; init; }

    /// <summary>Image features, as of the condition video's first frame; exactly when the network has image input.</summary>
    public TokenFeatures? Image { get; init; }

    /// <summary>Throws for the first input that does not fit a network.</summary>
    internal abstract void Check(WanConfig config);

    private protected void CheckCommon(WanConfig config) => FlowInputsCheck.Common(config, this);
}
