namespace GeoAlign.Rewards.Tests.Onnx;

public class PoseModelMetadataTests
{
    [Fact]
    public void Contract_alone_gives_the_defaults()
    {
        PoseModelConventions read = Read();

        Assert.Equal(new PoseModelConventions(), read);
        Assert.Equal("images", read.InputName);
        Assert.Equal(14, read.PatchPixels);
        Assert.Equal(ResizeMode.CoverLanczosBicubic, read.Resize);
        Assert.Equal((PoseDirection.CameraToWorld, PoseAxes.OpenCv, TranslationScale.Metric), (read.Direction, read.Axes, read.Scale));
        Assert.Equal((1, 0), (read.MinFrames, read.MaxFrames));
        Assert.Null(read.Format);
        Assert.Null(read.WidthPixels);
    }

    [Fact]
    public void Every_key_is_read()
    {
        PoseModelConventions read = Read(
            ("image.height", "294"), ("image.width", "518"), ("image.patch", "7"), ("image.mean", "0.5, 0.25,1e-1"), ("image.std", "1,2,4"),
            ("image.range", "-1,1"), ("image.channels", "bgr"), ("image.resize", "stretch-bicubic"), ("pose.format", "matrix_4x4"), ("pose.direction", "w2c"),
            ("pose.axes", "opengl"), ("pose.scale", "factored"), ("frames.min", "2"), ("frames.max", "24"), ("model", "tiny"));

        Assert.Equal((518, 294, 7), (read.WidthPixels, read.HeightPixels, read.PatchPixels));
        Assert.Equal<float>([0.5f, 0.25f, 0.1f], read.Normalisation.Mean);
        Assert.Equal<float>([1, 2, 4], read.Normalisation.Std);
        Assert.Equal((-1, 1, ChannelOrder.Bgr), (read.Normalisation.Low, read.Normalisation.High, read.Normalisation.Channels));
        Assert.Equal((ResizeMode.StretchBicubic, PoseFormat.Matrix4x4), (read.Resize, read.Format));
        Assert.Equal((PoseDirection.WorldToCamera, PoseAxes.OpenGl, TranslationScale.Factored), (read.Direction, read.Axes, read.Scale));
        Assert.Equal((2, 24, "tiny"), (read.MinFrames, read.MaxFrames, read.ModelName));
    }

    [Theory]
    [InlineData("quat_xyzw", PoseFormat.QuaternionXyzw)]
    [InlineData("quat_wxyz", PoseFormat.QuaternionWxyz)]
    [InlineData("matrix_3x4", PoseFormat.Matrix3x4)]
    public void Pose_formats_are_read(string text, PoseFormat format) => Assert.Equal(format, Read(("pose.format", text)).Format);

    [Fact]
    public void Dynamic_size_is_free()
    {
        PoseModelConventions read = Read(("image.height", "dynamic"), ("image.width", "dynamic"));

        Assert.Null(read.WidthPixels);
        Assert.Null(read.HeightPixels);
    }

    [Theory]
    [InlineData("image.height", "large")]
    [InlineData("image.width", "0")]
    [InlineData("image.patch", "1.5")]
    [InlineData("image.patch", "0")]
    [InlineData("image.mean", "0,0")]
    [InlineData("image.mean", "0;0;0")]
    [InlineData("image.mean", "0,NaN,0")]
    [InlineData("image.std", "1,1,0")]
    [InlineData("image.range", "0,2")]
    [InlineData("image.channels", "RGB")]
    [InlineData("image.resize", "cover")]
    [InlineData("pose.format", "xyzw")]
    [InlineData("pose.direction", "C2W")]
    [InlineData("pose.axes", "opencl")]
    [InlineData("pose.scale", "meters")]
    [InlineData("frames.min", "-1")]
    [InlineData("frames.max", "many")]
    public void Bad_value_is_refused_with_file_and_value(string key, string value)
    {
        PoseModelException error = Assert.Throws<PoseModelException>(() => Read((key, value)));

        Assert.StartsWith("model.onnx: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("metadata", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Most_frames_below_fewest_is_refused() => Assert.Throws<PoseModelException>(() => Read(("frames.min", "8"), ("frames.max", "4")));

    [Theory]
    [InlineData("image.means")]
    [InlineData("pose.handedness")]
    public void Unknown_key_is_refused(string key) =>
        Assert.Contains(key, Assert.Throws<PoseModelException>(() => Read((key, "1"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Keys_of_others_are_left_alone() =>
        Assert.Equal(new PoseModelConventions(), PoseModelMetadata.Read(new Dictionary<string, string> { ["geoalign.contract"] = "pose-estimator/1", ["producer"] = "x" }, "m"));

    [Fact]
    public void Another_contract_is_refused()
    {
        Dictionary<string, string> metadata = new() { ["geoalign.contract"] = "pose-estimator/2" };

        Assert.Contains("pose-estimator/2", Assert.Throws<PoseModelException>(() => PoseModelMetadata.Read(metadata, "m")).Message, StringComparison.Ordinal);
    }

    private static PoseModelConventions Read(params (string Key, string Value)[] entries)
    {
        Dictionary<string, string> metadata = entries.ToDictionary(e => "geoalign." + e.Key, e => e.Value);
        metadata["geoalign.contract"] = "pose-estimator/1";
        return PoseModelMetadata.Read(metadata, "model.onnx");
    }
}
