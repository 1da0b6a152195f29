namespace GeoAlign.Geometry.Tests;

/// <summary>Golden pairs of images and a golden video for the multi-view consistency scores.</summary>
internal static class ConsistencyCases
{
    // Stated with the fixture.
    public const double Tolerance = 1e-10;

    public static FixtureTensors Golden { get; } = FixtureTensors.Load("geometry", "met3r_weightfree.safetensors");

    public static (int Width, int Height, int Channels) SizeOf(string pair)
    {
        int[] shape = Golden[pair + ".features"].Shape;
        return (shape[2], shape[1], shape[3]);
    }

    public static double Radius(string name) => Golden[name + ".radius"].Scalar;

    public static PointMapView<double> View(string pair, int image) => new(
        Vectors(Golden[pair + ".pts3d"].Row(image)), Golden[pair + ".conf"].Row(image).ToArray(), Golden[pair + ".features"].Row(image).ToArray());

    public static DepthView<double>[] Video()
    {
        int[] shape = Golden["dyn.depth"].Shape;
        DepthView<double>[] views = new DepthView<double>[shape[0]];
        for (int i = 0; i < views.Length; i++)
        {
            ReadOnlySpan<double> k = Golden["dyn.fx_fy_cx_cy"].Row(i);
            views[i] = new(
                SE3.FromRowMajor3x4(Golden["dyn.c2w"].Row(i)), new CameraIntrinsics(k[0], k[1], k[2], k[3], shape[2], shape[1]),
                Golden["dyn.depth"].Row(i).ToArray(), Golden["dyn.features"].Row(i).ToArray(),
                Array.ConvertAll(Golden["dyn.dynamic_mask"].Row(i).ToArray(), m => m != 0));
        }

        return views;
    }

    public static double ScoreOf(DepthView<double>[] video, double radius)
    {
        int[] sources = DynMEt3R.SourceFrames(video.Length);
        return DynMEt3R.Score([.. sources.Select(i => video[i])], video.Where((_, i) => !sources.Contains(i)), radius)!.Value;
    }

    public static Vector3d[] Vectors(ReadOnlySpan<double> values)
    {
        Vector3d[] vectors = new Vector3d[values.Length / 3];
        for (int i = 0; i < vectors.Length; i++) vectors[i] = new(values[3 * i], values[3 * i + 1], values[3 * i + 2]);
        return vectors;
    }
}
