namespace GeoAlign.Geometry.Tests;

public class AxisConventionsTests
{
    [Fact]
    public void An_OpenGL_camera_looks_along_minus_its_z_axis_and_has_y_up()
    {
        SE3 openGl = new(SO3.Exp(new(0.3, -0.2, 0.5)), new(1, 2, 3));
        Matrix3d gl = openGl.Rotation.ToMatrix();

        SE3 openCv = AxisConventions.OpenCvFromOpenGl(openGl);
        Matrix3d cv = openCv.Rotation.ToMatrix();

        Assert.True((cv.Column(0) - gl.Column(0)).Length < 1e-15);
        Assert.True((cv.Column(1) + gl.Column(1)).Length < 1e-15);
        Assert.True((cv.Column(2) + gl.Column(2)).Length < 1e-15);
        Assert.Equal(openGl.Translation, openCv.Translation);
    }

    [Fact]
    public void OpenGL_and_back_is_the_same_rotation() => ForAll.Seeds(50, rng =>
    {
        SE3 pose = rng.NextPose();

        SE3 back = AxisConventions.OpenGlFromOpenCv(AxisConventions.OpenCvFromOpenGl(pose));

        Assert.Equal(0, SO3.GeodesicDistance(pose.Rotation, back.Rotation), 1e-15);
    });

    [Fact]
    public void An_Unreal_camera_at_rest_looks_along_X()
    {
        SE3 pose = AxisConventions.OpenCvFromUnreal(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(300, 200, 100));

        Assert.Equal(0, SO3.GeodesicDistance(SO3.Identity, pose.Rotation), 1e-15);
        Assert.Equal(new Vector3d(2, -1, 3), pose.Translation);                          // right, down, forward, metres
    }

    [Fact]
    public void An_Unreal_camera_that_turns_right_turns_right_here()
    {
        double a = 0.2;
        SE3 pose = AxisConventions.OpenCvFromUnreal(new(Math.Cos(a), Math.Sin(a), 0), new(-Math.Sin(a), Math.Cos(a), 0), new(0, 0, 1), Vector3d.Zero);

        Vector3d omega = pose.Rotation.Log();

        Near.Equal([0, a, 0], [omega.X, omega.Y, omega.Z], 1e-15);                       // about y, which points down: to the right
    }

    [Fact]
    public void Unreal_and_back_is_the_same_pose() => ForAll.Seeds(50, rng =>
    {
        SE3 pose = rng.NextPose();

        (Vector3d forward, Vector3d right, Vector3d up, Vector3d location) = AxisConventions.UnrealFromOpenCv(pose);
        SE3 back = AxisConventions.OpenCvFromUnreal(forward, right, up, location);

        Assert.Equal(0, SO3.GeodesicDistance(pose.Rotation, back.Rotation), 1e-14);
        Assert.True(Vector3d.Distance(pose.Translation, back.Translation) < 1e-14);
        Assert.True((Vector3d.Cross(forward, right) - up).Length < 1e-14, "a left-handed triple has X × Y = Z in its own numbers");
    });

    [Fact]
    public void Right_handed_axes_are_refused_as_Unreal_axes() =>
        Assert.Throws<ArgumentException>(() => AxisConventions.OpenCvFromUnreal(new(1, 0, 0), new(0, -1, 0), new(0, 0, 1), Vector3d.Zero));
}
