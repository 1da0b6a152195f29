using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class PoseJacobianTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Derivatives_predict_the_picture_after_a_small_motion(bool blurred)
    {
        // Many rays per pixel, and edges of the room that run across their grid: pictures change smoothly.
        RoomRenderer renderer = new(Room.FromSeed(1), 16, 16, 8);
        SE3 pose = new(SO3.Exp(new(0.1, 0.2, 0.5)), new(0.1, 0.1, -0.5));
        float[] columns = new float[6 * 768], scratch = new float[768], here = Picture(renderer, pose, blurred);
        PoseJacobian.Write(renderer, pose, blurred, columns, scratch);

        for (int i = 0; i < 12; i++)
        {
            double[] motion = new double[6];
            motion[i / 2] = (i % 2 == 0 ? 0.5 : -0.5) * (i / 2 < 3 ? PoseJacobian.StepMetres : PoseJacobian.StepRadians);
            float[] moved = Picture(renderer, PoseJacobian.Moved(pose, motion), blurred);
            double change = 0, unexplained = 0;
            for (int p = 0; p < 768; p++)
            {
                change += Math.Pow(moved[p] - here[p], 2);
                unexplained += Math.Pow(moved[p] - here[p] - columns[768 * (i / 2) + p] * motion[i / 2], 2);
            }

            // A flipped sign leaves four times the change.
            Assert.True(change > 0 && unexplained < 0.2 * change, $"motion {i / 2}: unexplained {unexplained} of {change}");
        }
    }

    [Fact]
    public void A_motion_is_along_and_about_the_axes_of_the_camera()
    {
        SE3 pose = new(SO3.Exp(new(0, Math.PI / 2, 0)), new(1, 0, 0));     // looks along +x of the world

        SE3 moved = PoseJacobian.Moved(pose, [0, 0, 0.5, 0, 0.1, 0]);

        Assert.Equal(0, Vector3d.Distance(new(1.5, 0, 0), moved.Translation), 1e-15);
        Assert.Equal(Math.PI / 2 + 0.1, moved.Rotation.Log().Y, 1e-15);
    }

    [Fact]
    public void Gram_and_projection_are_sums_over_pixels()
    {
        float[] columns = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
        double[] gram = new double[36], projected = new double[6];

        PoseJacobian.Gram(columns, gram);
        PoseJacobian.Project(columns, [1, 10], projected);

        Assert.Equal(4 * 10 + 5 * 11, gram[6 * 2 + 5]);
        Assert.Equal(gram[6 * 2 + 5], gram[6 * 5 + 2]);
        Assert.Equal([10, 32, 54, 76, 98, 120], projected);
    }

    private static float[] Picture(RoomRenderer renderer, SE3 pose, bool blurred)
    {
        float[] sharp = new float[renderer.FrameLength], picture = new float[renderer.FrameLength];
        renderer.RenderPlanar(pose, sharp);
        BinomialBlur.Apply(sharp, 16, 16, picture);
        return blurred ? picture : sharp;
    }
}
