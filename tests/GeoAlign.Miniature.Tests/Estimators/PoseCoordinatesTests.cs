using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests.Estimators;

public class PoseCoordinatesTests
{
    [Fact]
    public void Reading_undoes_writing() => ForAll.Seeds(100, rng =>
    {
        Vector3d Next(double half) => half * new Vector3d(2 * rng.NextDouble() - 1, 2 * rng.NextDouble() - 1, 2 * rng.NextDouble() - 1);
        SE3 pose = new(SO3.Exp(Next(1)), Next(1.5));
        float[] coordinates = new float[PoseCoordinates.Count];

        PoseCoordinates.Write(pose, coordinates);
        SE3 back = PoseCoordinates.Read(coordinates);

        Assert.True(Vector3d.Distance(pose.Translation, back.Translation) < 1e-6);
        Assert.True(SO3.GeodesicDistance(pose.Rotation, back.Rotation) < 1e-6);
    });

    [Fact]
    public void The_numbers_are_position_then_rotation_vector_of_camera_to_world()
    {
        float[] coordinates = new float[PoseCoordinates.Count];

        PoseCoordinates.Write(new(SO3.Exp(new(0, 0.4, 0)), new(0.6, 0, 0.5)), coordinates);

        Near.Equal([1, 0, 1, 0, 1, 0], coordinates, 1e-6);
    }
}
