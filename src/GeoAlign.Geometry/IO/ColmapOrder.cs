namespace GeoAlign.Geometry;

/// <summary>Order in which the images of a COLMAP model become a path; the files themselves are in no particular order.</summary>
public enum ColmapOrder
{
    /// <summary>Ascending image number.</summary>
    ImageId,

    /// <summary>Ascending image name, compared character by character; for numbered frames this is the order in time.</summary>
    Name,
}
