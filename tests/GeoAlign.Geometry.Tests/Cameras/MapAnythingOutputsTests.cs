namespace GeoAlign.Geometry.Tests;

/// <summary>What the outputs of MapAnything mean here: OpenCV camera-to-world poses, quaternions x y z w, pixel centres at whole numbers.</summary>
public class MapAnythingOutputsTests
{
    private const int Width = 8, Height = 6;

    private static readonly FixtureTensors Golden = FixtureTensors.Load("geometry", "formats", "mapanything_outputs.safetensors");

    public static TheoryData<string> Views => ["view0.", "view1.", "view2."];

    [Theory, MemberData(nameof(Views))]
    public void Quaternion_and_translation_are_the_pose_matrix(string view)
    {
        double[] q = Golden[view + "cam_quats"].Values, t = Golden[view + "cam_trans"].Values;
        SE3 pose = Pose(view), fromParts = new(SO3.FromQuaternionXyzw(q[0], q[1], q[2], q[3]), new(t[0], t[1], t[2]));

        double[] matrix = new double[12];
        fromParts.CopyToRowMajor3x4(matrix);

        Near.Equal(Golden[view + "camera_poses"].Values.AsSpan(0, 12), matrix, 1e-6, what: view + "camera_poses");
        Assert.True(SO3.GeodesicDistance(pose.Rotation, fromParts.Rotation) < 1e-6);
        Assert.Equal(pose.Translation, fromParts.Translation);
    }

    // The error of u is f/Z·(δX + |X/Z|·δZ) with f = 7, Z ≥ 2, |X/Z| ≤ 0.6. Float32 gives every coordinate (below 4) of a point 1.2e-7 and every element of
    // the rotation 3e-8, which three coordinates turn into 3e-7: δ ≤ 5e-7 with the rounding of the centre, so u is right to 3e-6.
    [Theory, MemberData(nameof(Views))]
    public void World_points_project_to_whole_pixel_numbers(string view)
    {
        SE3 worldToCamera = Pose(view).Inverse();
        double[] points = Golden[view + "pts3d"].Values, depth = Golden[view + "depth_z"].Values;
        CameraIntrinsics lens = Lens(view);

        for (int pixel = 0; pixel < Width * Height; pixel++)
        {
            Vector3d camera = worldToCamera * new Vector3d(points[3 * pixel], points[3 * pixel + 1], points[3 * pixel + 2]);
            Assert.True(lens.TryProject(camera, out double u, out double v), $"pixel {pixel} is behind the camera");

            Near.Equal([pixel % Width, pixel / Width], [u - 0.5, v - 0.5], 3e-6, what: $"{view} pixel {pixel}");     // ½: the middle of a pixel, here
            Assert.Equal(depth[pixel], camera.Z, 1e-6);
        }
    }

    [Theory, MemberData(nameof(Views))]
    public void Depths_and_ray_directions_belong_to_the_same_camera(string view)
    {
        double[] inCamera = Golden[view + "pts3d_cam"].Values, directions = Golden[view + "ray_directions"].Values;
        double[] depth = Golden[view + "depth_z"].Values, distance = Golden[view + "depth_along_ray"].Values;
        CameraIntrinsics lens = Lens(view);

        for (int pixel = 0; pixel < Width * Height; pixel++)
        {
            (double u, double v) = (pixel % Width + 0.5, pixel / Width + 0.5);
            Vector3d byDepth = lens.BackProject(u, v, depth[pixel]), ray = lens.Ray(u, v), byDistance = distance[pixel] * ray;

            Near.Equal(inCamera.AsSpan(3 * pixel, 3), [byDepth.X, byDepth.Y, byDepth.Z], 1e-6, what: $"{view} pixel {pixel} by depth");
            Near.Equal(inCamera.AsSpan(3 * pixel, 3), [byDistance.X, byDistance.Y, byDistance.Z], 1e-6, what: $"{view} pixel {pixel} by distance");
            Near.Equal(directions.AsSpan(3 * pixel, 3), [ray.X, ray.Y, ray.Z], 1e-6, what: $"{view} pixel {pixel} ray");
        }
    }

    private static SE3 Pose(string view) => SE3.FromRowMajor3x4(Golden[view + "camera_poses"].Values.AsSpan(0, 12));

    private static CameraIntrinsics Lens(string view)
    {
        double[] k = Golden[view + "intrinsics"].Values;
        return CameraIntrinsics.FromIntegerPixelCentres(k[0], k[4], k[2], k[5], Width, Height);
    }
}
