namespace GeoAlign.Evaluate;

/// <summary>Which evaluations a figure can be compared with.</summary>
internal enum MetricFamily
{
    /// <summary>ReDirector's RotErr and TransErr, which Geo-Align reports too: means, no scale.</summary>
    ReDirector,

    /// <summary>Ours: in metres, nothing fitted but the first pose.</summary>
    Metric,

    /// <summary>CameraCtrl, MotionCtrl, CamI2V, ReCamMaster: sums over frames.</summary>
    CameraControl,

    /// <summary>MEt3R and Dyn-MEt3R.</summary>
    Consistency,

    /// <summary>VBench's dimensions of custom videos.</summary>
    VBench,
}
