using GeoAlign.Geometry;

namespace GeoAlign.Models.Tests;

public class ClipPairTests
{
    private static readonly FixtureTensors Golden = FixtureTensors.Load("models", "cameras.safetensors");

    [Theory]
    [InlineData("pair.cond1.tgt5.fwd", CameraMove.PanRight, CameraMove.ZoomIn, false)]
    [InlineData("pair.cond9.tgt2.rev", CameraMove.ArcLeft, CameraMove.PanLeft, true)]
    public void Poses_of_both_clips_are_the_golden_ones_of_training(string name, CameraMove condition, CameraMove target, bool reversed)
    {
        // The lower half of the map of a pixel is the ray's direction: with three pixels' rays the whole rotation is seen, and the moment shows the centre.
        ClipPair pair = new(Clip(condition, 1), Clip(target, 2), reversed);
        CameraIntrinsics camera = new(10, 10, 8, 8, 16, 16);
        SupervisedSample sample = pair.ForRedirector(camera);
        RedirectorInputs inputs = Assert.IsType<RedirectorInputs>(sample.Inputs);

        foreach ((string side, ReadOnlyMemory<float> maps) in new[] { (".cond", inputs.ConditionCamera), (".tgt", inputs.TargetCamera) })
        {
            for (int k = 0; k < 11; k++)      // the golden files hold every eighth frame
            {
                ReadOnlySpan<double> m = Golden[name + side].Row(k);
                Matrix3d rotation = new(m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]);
                Vector3d centre = new(m[3], m[7], m[11]), ray = new((2 + 0.5 - 8) / 10, (5 + 0.5 - 8) / 10, 1);
                Vector3d direction = rotation * ray / ray.Length, moment = Vector3d.Cross(centre, direction);
                double[] expected = [moment.X, moment.Y, moment.Z, direction.X, direction.Y, direction.Z];
                int slot = 8 * k + 3;         // frame 0 fills the first four slots
                double[] found = [.. Enumerable.Range(0, 6).Select(c =>
                    (double)maps.Span[(((4 * c + slot % 4) * 21 + slot / 4) * 16 + 5) * 16 + 2])];
                Near.Equal(expected, found, 4e-6, what: $"{side} frame {8 * k}");
            }
        }
    }

    [Fact]
    public void Latents_text_and_image_come_from_the_right_clips()
    {
        TrainingClip condition = Clip(CameraMove.PanLeft, 1), target = Clip(CameraMove.ZoomIn, 2);
        CameraIntrinsics camera = new(10, 10, 8, 8, 16, 16);

        SupervisedSample forwards = new ClipPair(condition, target).ForRedirector(camera), backwards = new ClipPair(condition, target, true).ForRedirector(camera);

        Assert.Equal((1f, 2f), (Inputs(forwards).ConditionLatents.Span[0], forwards.Target.Span[0]));
        Assert.Equal((-1f, -2f), (Inputs(backwards).ConditionLatents.Span[0], backwards.Target.Span[0]));
        Assert.Same(condition.Text, Inputs(forwards).Text);
        Assert.Same(condition.Image, Inputs(forwards).Image);
        SupervisedSample master = new ClipPair(condition, target, true).ForReCamMaster();
        Assert.Equal((-2f, -1f), (master.Target.Span[0], Assert.IsType<ReCamMasterInputs>(master.Inputs).SourceLatents.Span[0]));

        static RedirectorInputs Inputs(SupervisedSample sample) => (RedirectorInputs)sample.Inputs;
    }

    [Theory]
    [InlineData(CameraMove.ArcLeft)]
    [InlineData(CameraMove.TranslateUp)]
    public void Poses_for_ReCamMaster_are_the_golden_rows_when_the_condition_starts_where_the_target_does(CameraMove move)
    {
        ClipPair pair = new(Clip(CameraMove.PanLeft, 1), Clip(move, 2));      // all ten moves start at one pose

        ReCamMasterInputs inputs = Assert.IsType<ReCamMasterInputs>(pair.ForReCamMaster().Inputs);

        Near.Equal(Golden["recammaster_pose21x12"].Row((int)move - 1), inputs.Poses.Span, 2e-6, what: "poses");
    }

    [Fact]
    public void Draws_cover_all_pairs_evenly_and_keep_to_different_cameras_where_asked()
    {
        int equal = 0, reversed = 0;
        int[] conditions = new int[10], targets = new int[10], others = new int[10];
        for (int i = 0; i < 10_000; i++)
        {
            (int condition, int target, bool backwards) = ClipPair.Draw(10, mayBeEqual: true, seed: 3, update: i, sample: 1);
            (int other, int itsTarget, _) = ClipPair.Draw(10, mayBeEqual: false, seed: 3, update: i, sample: 1);
            conditions[condition]++;
            targets[target]++;
            others[other]++;
            equal += condition == target ? 1 : 0;
            reversed += backwards ? 1 : 0;
            Assert.NotEqual(other, itsTarget);
            Assert.Equal(target, itsTarget);
        }

        // 5 standard deviations of a binomial count: √(10⁴·0.1·0.9) = 30, √(10⁴/4) = 50.
        Assert.All((int[])[.. conditions, .. targets, .. others, equal], count => Assert.InRange(count, 850, 1150));
        Assert.InRange(reversed, 4750, 5250);
        Assert.Equal(ClipPair.Draw(10, true, 3, 7, 1), ClipPair.Draw(10, true, 3, 7, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClipPair.Draw(1, mayBeEqual: false, 0, 0, 0));
    }

    [Fact]
    public void Clips_that_do_not_fit_are_refused()
    {
        TrainingClip clip = Clip(CameraMove.PanLeft, 1);
        CameraIntrinsics camera = new(10, 10, 8, 8, 16, 16);

        Assert.Contains("played backwards", Assert.Throws<ArgumentException>(
            () => new ClipPair(clip with { ReversedLatents = null }, clip, true).ForRedirector(camera)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ClipPair(clip with { Shape = new LatentShape(21, 4, 2) }, clip).ForRedirector(camera));
        Assert.Throws<ArgumentException>(() => new ClipPair(clip, clip with { Shape = new LatentShape(20, 2, 2) }).ForRedirector(camera));
    }

    private static TrainingClip Clip(CameraMove move, float value)
    {
        LatentShape shape = LatentShape.ForVideo(81, 16, 16);
        return new TrainingClip
        {
            Trajectory = ReCamMasterMoves.Published(move), Shape = shape,
            Latents = Enumerable.Repeat(value, shape.Count).ToArray(), ReversedLatents = Enumerable.Repeat(-value, shape.Count).ToArray(),
            Text = new TokenFeatures(1, 1, new[] { value }), Image = new TokenFeatures(1, 1, new[] { -value }),
        };
    }
}
