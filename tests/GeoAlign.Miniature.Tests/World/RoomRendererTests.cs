using GeoAlign.Geometry;

namespace GeoAlign.Miniature.Tests;

public class RoomRendererTests
{
    private static readonly SE3 Middle = new(SO3.Identity, new(0, 0, -0.5));

    [Fact]
    public void Every_pixel_is_what_a_slow_ray_tracer_finds() => ForAll.Seeds(40, rng =>
    {
        ulong seed = (ulong)rng.Next();
        (int width, int height, int samples) = (rng.Next(1, 20), rng.Next(1, 20), rng.Next(1, 4));
        Vector3d Spread(double x, double y, double z) => new(x * (2 * rng.NextDouble() - 1), y * (2 * rng.NextDouble() - 1), z * (2 * rng.NextDouble() - 1));
        SE3 pose = new(SO3.Exp(Spread(2, 2, 2)), Spread(1.9, 1.4, 1.9));
        RoomRenderer renderer = new(Room.FromSeed(seed), width, height, samples);
        float[] frame = new float[renderer.FrameLength];

        renderer.RenderPlanar(pose, frame);

        for (int i = 0; i < 5; i++)
        {
            (int x, int y) = (rng.Next(width), rng.Next(height));
            double[] expected = RoomOracle.Pixel(seed, pose, width, height, samples, x, y);
            for (int c = 0; c < 3; c++) Assert.Equal(expected[c], frame[(c * height + y) * width + x], 2e-6);
        }
    });

    [Fact]
    public void Both_layouts_hold_the_same_numbers()
    {
        RoomRenderer renderer = new(Room.FromSeed(1), 7, 5);
        float[] planar = new float[renderer.FrameLength], interleaved = new float[renderer.FrameLength];

        renderer.RenderPlanar(Middle, planar);
        renderer.RenderInterleaved(Middle, interleaved);

        for (int i = 0; i < planar.Length; i++) Assert.Equal(planar[i], interleaved[i % 35 * 3 + i / 35]);
    }

    [Fact]
    public void Left_right_up_and_down_are_where_the_camera_axes_say()
    {
        // Red wall at −x, green at +x, bright ceiling at −y, dark floor at +y; waves average out over many rooms.
        double leftRed = 0, rightRed = 0, leftGreen = 0, rightGreen = 0, above = 0, below = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            float[] frame = Frame(Room.FromSeed(seed), Middle);
            leftRed += frame[8 * 16];
            rightRed += frame[8 * 16 + 15];
            leftGreen += frame[256 + 8 * 16];
            rightGreen += frame[256 + 8 * 16 + 15];
            above += frame[8];
            below += frame[15 * 16 + 8];
        }

        Assert.True(leftRed > rightRed + 10 && rightGreen > leftGreen + 5, $"red {leftRed} {rightRed}, green {leftGreen} {rightGreen}");
        Assert.True(above > below + 10, $"above {above}, below {below}");
    }

    public static TheoryData<string, double[], int, int> Moves => new()
    {
        // Motion of the camera in its own frame (t metres, rotation vector radians), and where the picture's middle comes from in the old picture:
        // it was two pixels further to the right (dx = 2), and so on. Two pixels are 1/4 in the focal length, and 2.5 m · 1/4 on the far wall.
        { "turns right", [0, 0, 0, 0, 0.245, 0], 2, 0 },
        { "turns left", [0, 0, 0, 0, -0.245, 0], -2, 0 },
        { "looks up", [0, 0, 0, 0.245, 0, 0], 0, -2 },
        { "looks down", [0, 0, 0, -0.245, 0, 0], 0, 2 },
        { "moves right", [0.625, 0, 0, 0, 0, 0], 2, 0 },
        { "moves left", [-0.625, 0, 0, 0, 0, 0], -2, 0 },
        { "moves up", [0, -0.625, 0, 0, 0, 0], 0, -2 },
        { "moves down", [0, 0.625, 0, 0, 0, 0], 0, 2 },
    };

    [Theory, MemberData(nameof(Moves))]
    public void The_picture_moves_against_the_camera(string name, double[] motion, int dx, int dy)
    {
        double right = 0, wrong = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            Room room = Room.FromSeed(seed);
            float[] before = Frame(room, Middle);
            float[] after = Frame(room, Middle * new SE3(SO3.Exp(new(motion[3], motion[4], motion[5])), new(motion[0], motion[1], motion[2])));

            right += Difference(before, after, dx, dy);
            wrong += Difference(before, after, -dx, -dy);
        }

        Assert.True(right < 0.1 * wrong, $"{name}: squared difference {right} to the expected shift, {wrong} to the opposite one");
    }

    [Fact]
    public void Rolling_clockwise_turns_the_picture_the_other_way()
    {
        // A quarter turn about the forward axis takes x to y: what was below the middle is now to its right.
        Room room = Room.FromSeed(3);
        float[] before = Frame(room, Middle);

        float[] after = Frame(room, Middle * new SE3(SO3.Exp(new(0, 0, Math.PI / 2)), Vector3d.Zero));

        for (int y = 0; y < 16; y++)
        {
            for (int x = 0; x < 16; x++) Assert.Equal(before[x * 16 + (15 - y)], after[y * 16 + x], 1e-5);
        }
    }

    [Fact]
    public void Moving_forward_makes_the_far_wall_larger()
    {
        // At half of the distance to the far wall, the middle of the picture is twice as large: the four rays of a pixel are now the
        // middles of four pixels.
        Room room = Room.FromSeed(5);
        RoomRenderer four = new(room, 32, 32, 2), one = new(room, 32, 32, 1);
        float[] far = new float[four.FrameLength], near = new float[one.FrameLength];

        four.RenderPlanar(Middle, far);
        one.RenderPlanar(new SE3(SO3.Identity, new(0, 0, 0.75)), near);

        for (int y = 8; y < 24; y++)
        {
            for (int x = 8; x < 24; x++)
            {
                double mean = 0;
                for (int i = 0; i < 4; i++) mean += 0.25 * near[(2 * y - 16 + i / 2) * 32 + 2 * x - 16 + i % 2];
                Assert.Equal(far[y * 32 + x], mean, 1e-6);
            }
        }
    }

    [Fact]
    public void A_clip_is_its_frames_from_the_start_pose_on()
    {
        MiniatureCase drawn = MiniatureWorld.Draw(7, MiniatureSet.Validation, 0);
        RoomRenderer renderer = new(Room.FromSeed(7));
        float[] clip = new float[6 * renderer.FrameLength];

        renderer.RenderClipPlanar(drawn.StartCameraToWorld, drawn.Requested.CameraToWorld, clip);

        Assert.Equal(Frame(renderer.Room, drawn.StartCameraToWorld), clip[..renderer.FrameLength]);
        Assert.Equal(Frame(renderer.Room, drawn.StartCameraToWorld * drawn.Requested[5]), clip[^renderer.FrameLength..]);
    }

    [Fact]
    public void A_camera_in_or_behind_a_wall_sees_nothing()
    {
        RoomRenderer renderer = new(Room.FromSeed(0));

        Assert.Throws<ArgumentException>(() => renderer.RenderPlanar(new SE3(SO3.Identity, new(2, 0, 0)), new float[768]));
        Assert.Throws<ArgumentException>(() => renderer.RenderPlanar(new SE3(SO3.Identity, new(0, double.NaN, 0)), new float[768]));
        Assert.Throws<ArgumentException>(() => renderer.RenderPlanar(Middle, new float[767]));
    }

    [Fact]
    public void Rendering_does_not_allocate()
    {
        RoomRenderer renderer = new(Room.FromSeed(0));
        float[] frame = new float[renderer.FrameLength];
        renderer.RenderPlanar(Middle, frame);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++) renderer.RenderPlanar(Middle, frame);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Rooms_are_a_function_of_their_seed()
    {
        Assert.Equal(Frame(Room.FromSeed(9), Middle), Frame(Room.FromSeed(9), Middle));
        Assert.NotEqual(Frame(Room.FromSeed(9), Middle), Frame(Room.FromSeed(10), Middle));
    }

    private static float[] Frame(Room room, SE3 pose)
    {
        RoomRenderer renderer = new(room);
        float[] frame = new float[renderer.FrameLength];
        renderer.RenderPlanar(pose, frame);
        return frame;
    }

    // Squared difference of after(x, y) to before(x + dx, y + dy) around the middle of the pictures.
    private static double Difference(float[] before, float[] after, int dx, int dy)
    {
        double sum = 0;
        for (int c = 0; c < 3; c++)
        {
            for (int y = 6; y < 10; y++)
            {
                for (int x = 6; x < 10; x++) sum += Math.Pow(after[(c * 16 + y) * 16 + x] - before[(c * 16 + y + dy) * 16 + x + dx], 2);
            }
        }

        return sum;
    }
}
