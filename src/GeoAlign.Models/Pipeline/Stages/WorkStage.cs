namespace GeoAlign.Models;

/// <summary>The stages of generating and of training, each of which needs other networks.</summary>
[Flags]
public enum WorkStage
{
    /// <summary>Prompts to text features: text encoder.</summary>
    Text = 1,

    /// <summary>Condition video to latents and image features: autoencoder, image encoder.</summary>
    Encode = 2,

    /// <summary>Noise to latents: diffusion transformer.</summary>
    Rollout = 4,

    /// <summary>Latents to video: autoencoder.</summary>
    Decode = 8,

    /// <summary>Scoring of videos: reward networks and pose estimators.</summary>
    Reward = 16,

    /// <summary>Gradients and optimiser: diffusion transformer.</summary>
    Update = 32,
}
