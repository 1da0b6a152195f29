namespace GeoAlign.Evaluate;

/// <summary>What a network is used for; its contract is in docs/evaluation.md.</summary>
internal enum NetworkRole
{
    /// <summary>DINO ViT-B/16 features for subject consistency.</summary>
    Subject,

    /// <summary>CLIP ViT-B/32 features for background consistency.</summary>
    Background,

    /// <summary>LAION's aesthetic score on CLIP ViT-L/14.</summary>
    Aesthetic,

    /// <summary>MUSIQ for imaging quality.</summary>
    Imaging,

    /// <summary>AMT-S, which predicts the frame between two, for motion smoothness.</summary>
    Interpolator,

    /// <summary>RAFT for dynamic degree.</summary>
    Flow,

    /// <summary>Features of every pixel (FeatUp DINO) for MEt3R and Dyn-MEt3R.</summary>
    Features,

    /// <summary>Point maps of two images (MASt3R) for MEt3R.</summary>
    Points,

    /// <summary>Metric depth for Dyn-MEt3R.</summary>
    Depth,

    /// <summary>Which pixels show something that moves, for Dyn-MEt3R.</summary>
    Moving,
}
