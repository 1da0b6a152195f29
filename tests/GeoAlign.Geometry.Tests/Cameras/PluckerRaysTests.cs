namespace GeoAlign.Geometry.Tests;

public class PluckerRaysTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "plucker.safetensors");

    public static TheoryData<string> Cases => ["a", "b", "c", "d", "e"];

    [Theory, MemberData(nameof(Cases))]
    public void Maps_and_packed_maps_match_the_goldens(string name)
    {
        double[] rows = Golden[name + ".cam_params_19"].Values;
        double[] untouched = [.. rows];
        long[] size = Golden[name + ".hw_orig"].Integers();
        (int h, int w, int ho, int wo) = ((int)size[0], (int)size[1], (int)size[2], (int)size[3]);
        int frames = rows.Length / 19;

        float[] maps = PluckerRays.Maps(rows, w, h, wo, ho);
        float[] packed = PluckerRays.Packed(rows, w, h, wo, ho);

        Near.Equal(Golden[name + ".plucker_fhwc"].Values, maps, 2e-6, what: name + " maps");
        Near.Equal(Golden[name + ".packed_24fhw"].Values, packed, 2e-6, what: name + " packed");
        Assert.Equal(packed, PluckerRays.Pack(maps, frames, h, w));
        Assert.Equal(untouched, rows);
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_aspect_correction_matches_the_goldens(string name)
    {
        NormalisedIntrinsics before = CameraRows.Intrinsics(Golden[name + ".cam_params_19"].Values.AsSpan(0, 19));
        long[] size = Golden[name + ".hw_orig"].Integers();
        double[] after = Golden[name + ".cam_params_after"].Values;

        NormalisedIntrinsics corrected = before.AfterCentreCrop((int)size[3], (int)size[2], (int)size[1], (int)size[0]);

        Near.Equal([after[1], after[2]], [corrected.Fx, corrected.Fy], 1e-6);            // float32 in the golden
    }

    [Theory]
    [InlineData(1280, 720, 832, 480)]      // wider than the model image: the sides are cut off
    [InlineData(720, 1280, 832, 480)]      // taller: top and bottom are
    [InlineData(1280, 720, 480, 832)]
    [InlineData(854, 480, 832, 480)]
    [InlineData(832, 480, 416, 240)]
    public void After_the_crop_a_pixel_keeps_the_ray_it_had_in_the_original(int originalWidth, int originalHeight, int width, int height)
    {
        CameraIntrinsics original = new NormalisedIntrinsics(0.7, 0.9).ToPixels(originalWidth, originalHeight);
        CameraIntrinsics model = original.Normalised().AfterCentreCrop(originalWidth, originalHeight, width, height).ToPixels(width, height);

        // The original is scaled by s until it covers the model image, whose middle stays its middle.
        double s = Math.Max((double)width / originalWidth, (double)height / originalHeight);
        Vector3d expected = original.Ray(0.5 * originalWidth + 30 / s, 0.5 * originalHeight - 50 / s);
        Assert.True(Vector3d.Distance(expected, model.Ray(0.5 * width + 30, 0.5 * height - 50)) < 1e-14);
    }

    [Fact]
    public void Planes_hold_the_numbers_of_the_maps_channel_by_channel()
    {
        CameraIntrinsics lens = new(5, 6, 4, 3, 8, 6);
        CameraTrajectory path = new([SE3.Identity, new SE3(SO3.Exp(new(0.05, -0.1, 0.2)), new(0.1, 0.2, 0.3))]);

        float[] maps = PluckerRays.Maps(path, lens), planes = PluckerRays.Planes(path, lens);

        for (int f = 0; f < 2; f++)
            for (int p = 0; p < 48; p++)
                for (int c = 0; c < 6; c++) Assert.Equal(maps[(f * 48 + p) * 6 + c], planes[(c * 2 + f) * 48 + p]);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Poses_and_intrinsics_give_the_same_maps_as_rows(string name)
    {
        double[] rows = Golden[name + ".cam_params_19"].Values;
        long[] size = Golden[name + ".hw_orig"].Integers();
        CameraIntrinsics lens = CameraRows.Intrinsics(rows.AsSpan(0, 19)).AfterCentreCrop((int)size[3], (int)size[2], (int)size[1], (int)size[0])
            .ToPixels((int)size[1], (int)size[0]);

        Near.Equal(Golden[name + ".plucker_fhwc"].Values, PluckerRays.Maps(CameraRows.Poses(rows), lens), 2e-6);
        Near.Equal(Golden[name + ".packed_24fhw"].Values, PluckerRays.Packed(CameraRows.Poses(rows), lens), 2e-6);
    }

    // The original adapter keeps its presets as world-to-camera rows of a 1280 × 720 video. For left, right, up and down it changes the entries 9 and 13 of a
    // row: R₀₂ and R₁₂, not the translation. Its maps are therefore those of a sheared camera, which stays where it is; the inverse of this shear is its negative.
    [Theory]
    [InlineData("Left", 1, 0)]
    [InlineData("RightUp", -1, 1)]
    public void Direction_presets_of_the_adapter_give_its_maps_though_they_are_no_rotations(string preset, int signOfR02, int signOfR12)
    {
        double[] rows = Golden[$"dir.{preset}.coords"].Values;
        Assert.Equal((signOfR02, signOfR12), (Math.Sign(rows[^10]), Math.Sign(rows[^6])));

        ArgumentException refused = Assert.Throws<ArgumentException>(() => CameraRows.Poses(rows));
        for (int row = 0; row < rows.Length; row += CameraRows.Length) (rows[row + 9], rows[row + 13]) = (-rows[row + 9], -rows[row + 13]);
        float[] maps = PluckerRays.Maps(rows, 20, 12, 1280, 720);

        Assert.StartsWith("Camera row 1: Not a rotation", refused.Message, StringComparison.Ordinal);
        Near.Equal(Golden[$"dir.{preset}.plucker_intended"].Values, maps, 2e-6, what: preset);
    }

    // "In" and "Out" change entry 18, the translation along the viewing axis.
    [Theory]
    [InlineData("In", 1)]
    [InlineData("Out", -1)]
    public void The_adapters_moves_along_the_axis_are_world_to_camera_rows(string preset, int forward)
    {
        double[] rows = Golden[$"dir.{preset}.coords"].Values;

        CameraTrajectory path = new(CameraRows.Poses(rows).Select(worldToCamera => worldToCamera.Inverse()).ToArray());

        Assert.All(path.Select((pose, i) => (pose, i)), item =>
            Assert.True(Vector3d.Distance(new(0, 0, forward * item.i / 54.0), item.pose.Translation) < 1e-15));
    }

    [Fact]
    public void Every_ray_is_a_unit_direction_with_a_perpendicular_moment_that_meets_the_camera() => ForAll.Seeds(20, rng =>
    {
        CameraTrajectory path = rng.NextPath(2);
        CameraIntrinsics lens = new(20 + 20 * rng.NextDouble(), 20 + 20 * rng.NextDouble(), 12, 9, 24, 16);

        float[] maps = PluckerRays.Maps(path, lens);

        for (int p = 0; p < maps.Length; p += 6)
        {
            Vector3d moment = new(maps[p], maps[p + 1], maps[p + 2]), direction = new(maps[p + 3], maps[p + 4], maps[p + 5]);
            Vector3d centre = path[p / (6 * 24 * 16)].Translation;
            Assert.Equal(1, direction.Length, 3e-7);
            Assert.True(Vector3d.Distance(Vector3d.Cross(centre, direction), moment) < 3e-6, $"pixel {p / 6}");
        }
    });

    [Fact]
    public void A_point_is_seen_in_the_pixel_whose_ray_meets_it()
    {
        CameraIntrinsics lens = new(30, 30, 16, 12, 32, 24);
        SE3 pose = new(SO3.Exp(new(0.1, 0.3, -0.2)), new(0.5, -0.2, 1));
        float[] maps = PluckerRays.Maps(new([pose]), lens);
        const int row = 5, column = 20;

        int at = (row * 32 + column) * 6;
        Vector3d point = pose.Translation + 3 * new Vector3d(maps[at + 3], maps[at + 4], maps[at + 5]);
        Assert.True(lens.TryProject(pose.Inverse() * point, out double u, out double v));

        Assert.Equal(column + 0.5, u, 1e-5);
        Assert.Equal(row + 0.5, v, 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(80)]
    public void Only_4k_plus_1_frames_can_be_packed(int frames) =>
        Assert.Throws<ArgumentException>(() => PluckerRays.PackedFrames(frames));

    [Fact]
    public void Rows_with_a_number_that_is_not_finite_are_refused_by_number()
    {
        double[] rows = CameraRows.Of(Paths.Yaw(5, 0.1), new NormalisedIntrinsics(0.7, 1.2));
        rows[0] = double.NaN;                                                           // the number that nobody uses
        rows[19 * 3 + 10] = double.NaN;

        Assert.Contains("row 3: number 10 is NaN", Assert.Throws<ArgumentException>(() => PluckerRays.Maps(rows, 8, 6, 8, 6)).Message, StringComparison.Ordinal);
        Assert.Contains("row 3: number 10 is NaN", Assert.Throws<ArgumentException>(() => PluckerRays.Packed(rows, 8, 6, 8, 6)).Message, StringComparison.Ordinal);
        Assert.Contains("row 3: number 10 is NaN", Assert.Throws<ArgumentException>(() => CameraRows.Poses(rows)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(-1, 6), InlineData(8, 0), InlineData(-1, -1)]
    public void Sizes_that_are_not_positive_are_refused(int width, int height)
    {
        double[] rows = CameraRows.Of(Paths.Yaw(5, 0.1), new NormalisedIntrinsics(0.7, 1.2));

        Assert.Throws<ArgumentOutOfRangeException>(() => PluckerRays.Maps(rows, width, height, 8, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => PluckerRays.Packed(rows, width, height, 8, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => PluckerRays.Pack(new float[30], 5, height, width));
    }

    [Fact]
    public void Maps_of_another_size_are_refused() => Assert.Throws<ArgumentException>(() => PluckerRays.Pack(new float[7], 1, 1, 1));
}
