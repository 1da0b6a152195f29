namespace GeoAlign.Sampling;

/// <summary>The sources of target paths that a <see cref="DataConfiguration"/> can name.</summary>
public enum PathSetKind
{
    /// <summary>Scenes of OmniWorld-Game: <see cref="OmniWorldPaths"/>.</summary>
    OmniWorld,

    /// <summary>Cameras of a camera_extrinsics.json: <see cref="RecordedPaths.FromReCamMasterJson"/>.</summary>
    ReCamMaster,

    /// <summary>The ten test moves: <see cref="PresetPaths"/>.</summary>
    Presets,

    /// <summary>Trajectory files of any format: <see cref="RecordedPaths.FromFiles"/>.</summary>
    Files,

    /// <summary>Made-up walks: <see cref="SplinePaths"/>.</summary>
    Spline,
}
