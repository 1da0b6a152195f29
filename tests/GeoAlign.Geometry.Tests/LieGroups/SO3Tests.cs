namespace GeoAlign.Geometry.Tests.LieGroups;

/// <summary>What the laws and the golden values leave open of SO(3).</summary>
public class SO3Tests
{
    [Fact]
    public void Long_chain_of_products_stays_unit()
    {
        Random rng = new(3);
        SO3[] steps = new SO3[97], chain = new SO3[97];
        for (int i = 0; i < steps.Length; i++) steps[i] = rng.NextRotation();
        SO3 single = SO3.Identity;
        Array.Fill(chain, SO3.Identity);

        for (int round = 0; round < 2000; round++)
        {
            foreach (SO3 step in steps) single *= step;
            SO3Batch.Compose(chain, steps, chain);
        }

        Assert.InRange(Norm(single), 1 - 1e-15, 1 + 1e-15);
        foreach (SO3 r in chain) Assert.InRange(Norm(r), 1 - 1e-15, 1 + 1e-15);
    }

    [Fact]
    public void Product_reads_from_right_to_left()
    {
        SO3 aboutX = SO3.Exp(new(Math.PI / 2, 0, 0)), aboutZ = SO3.Exp(new(0, 0, Math.PI / 2));

        Vector3d moved = aboutX * aboutZ * new Vector3d(1, 0, 0);                       // z first: x → y, then x: y → z

        Near.Equal([0, 0, 1], [moved.X, moved.Y, moved.Z], 1e-15, 0, "x");
    }

    [Fact]
    public void Rotation_about_z_by_a_quarter_turns_x_into_y()
    {
        Matrix3d r = SO3.Exp(new(0, 0, Math.PI / 2)).ToMatrix();

        Near.Equal([0, -1, 0, 1, 0, 0, 0, 0, 1], r.RowMajor(), 1e-15, 0, "R");
    }

    [Fact]
    public void Matrix_and_quaternion_rotate_alike() => ForAll.Seeds(100, rng =>
    {
        SO3 r = rng.NextRotation();
        Vector3d p = rng.NextTranslation();

        Assert.True((r * p - r.ToMatrix() * p).Length <= 2e-15 * p.Length);
    });

    [Fact]
    public void Distance_is_symmetric_and_at_most_half_a_turn() => ForAll.Seeds(200, rng =>
    {
        SO3 a = rng.NextRotation(), b = rng.NextRotation(), c = rng.NextRotation();

        Assert.InRange(SO3.GeodesicDistance(a, b), 0, Math.PI);
        Near.Equal([SO3.GeodesicDistance(a, b)], [SO3.GeodesicDistance(b, a)], 1e-15, 0, "distance");
        Near.Equal([SO3.GeodesicDistance(a, b)], [SO3.GeodesicDistance(c * a, c * b)], 2e-15, 0, "distance after turning both");
        Assert.True(SO3.GeodesicDistance(a, c) <= SO3.GeodesicDistance(a, b) + SO3.GeodesicDistance(b, c) + 1e-15);
    });

    [Fact]
    public void Opposite_quaternions_are_the_same_rotation_in_canonical_form_only()
    {
        SO3 r = SO3.FromQuaternionWxyz(-0.5, 0.5, 0.5, 0.5), same = SO3.FromQuaternionWxyz(0.5, -0.5, -0.5, -0.5);

        Assert.NotEqual(r, same);
        Assert.Equal(r.Canonical(), same.Canonical());
        Assert.Equal(SO3.FromQuaternionWxyz(0, 0, 1, -1), SO3.FromQuaternionWxyz(0, 0, -1, 1).Canonical());
    }

    [Fact]
    public void Half_turn_has_a_log_of_length_pi() => ForAll.Seeds(50, rng =>
    {
        Vector3d axis = rng.NextUnitVector();

        Vector3d log = SO3.FromQuaternionWxyz(0, axis.X, axis.Y, axis.Z).Log();

        Near.Equal([Math.PI], [log.Length], 1e-15, 0, "angle");
        Assert.True(Vector3d.Cross(log, axis).Length < 1e-15);
    });

    [Fact]
    public void Not_a_number_is_handed_on() => Assert.True(double.IsNaN(SO3.Exp(new(double.NaN, 0, 0)).W));

    private static double Norm(SO3 r) => Math.Sqrt(r.W * r.W + r.X * r.X + r.Y * r.Y + r.Z * r.Z);
}
