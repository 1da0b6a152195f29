namespace GeoAlign.Geometry;

/// <summary>The ten test moves of ReCamMaster; the number is that of the camera in its <c>camera_extrinsics.json</c>.</summary>
public enum CameraMove
{
    /// <summary>Turn right by 20° on the spot.</summary>
    PanRight = 1,

    /// <summary>Turn left by 20° on the spot.</summary>
    PanLeft = 2,

    /// <summary>Turn up by 10° on the spot.</summary>
    TiltUp = 3,

    /// <summary>Turn down by 10° on the spot.</summary>
    TiltDown = 4,

    /// <summary>Move 2 m forward (a dolly; the lens does not change).</summary>
    ZoomIn = 5,

    /// <summary>Move 2 m backward.</summary>
    ZoomOut = 6,

    /// <summary>Move 1 m up and keep looking at the point that was 4 m ahead.</summary>
    TranslateUp = 7,

    /// <summary>Move 1 m down and keep looking at the point that was 4 m ahead.</summary>
    TranslateDown = 8,

    /// <summary>Move left along the chord of a 30° arc around the point 4 m ahead and keep looking at it.</summary>
    ArcLeft = 9,

    /// <summary>Move right along the chord of a 30° arc around the point 4 m ahead and keep looking at it.</summary>
    ArcRight = 10,
}
