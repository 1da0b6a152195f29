namespace GeoAlign.Miniature;

/// <summary>What a random number of the miniature world is for: the member field of its address, so that no two kinds share numbers.</summary>
internal enum WorldDraw
{
    /// <summary>Waves of a wall's texture.</summary>
    RoomTexture,

    /// <summary>Where the camera starts.</summary>
    StartPose,

    /// <summary>Raw velocities of the requested path.</summary>
    RequestedPath,

    /// <summary>Top translation speed of the requested path.</summary>
    RequestedTranslationSpeed,

    /// <summary>Top rotation speed of the requested path.</summary>
    RequestedRotationSpeed,

    /// <summary>Raw velocities of the condition clip.</summary>
    SourcePath,

    /// <summary>Top translation speed of the condition clip.</summary>
    SourceTranslationSpeed,

    /// <summary>Top rotation speed of the condition clip.</summary>
    SourceRotationSpeed,

    /// <summary>How far a flawed training clip falls short of its label.</summary>
    MotionFlaw,
}
