namespace GeoAlign.Geometry.Tests.Examples;

/// <summary>The code of docs/geometry.md, one method per task; what stands between the marks is in the page, word for word.</summary>
internal static class GeometryExamples
{
    public static void ReadAnyFile(TextWriter output, string folder)
    {
        File.Copy(Repository.Fixture("geometry", "formats", "realestate10k", "valid.txt"), Path.Combine(folder, "clip.txt"));

        // ReadAnyFile begins
        string file = Path.Combine(folder, "clip.txt");
        RecordedTrajectory recorded = TrajectoryFile.Read(file);
        CameraTrajectory path = recorded.Trajectory;
        Vector3d first = path[0].Translation;
        output.WriteLine($"{TrajectoryFile.Detect(file)}: {path.Count} poses, metres: {recorded.HasMetricScale}");
        output.WriteLine($"first camera at ({first.X:F3}, {first.Y:F3}, {first.Z:F3})");
        // ReadAnyFile ends
    }

    public static void ConvertConventions(TextWriter output)
    {
        // ConvertConventions begins
        // One camera, 3 m to the right of the origin, 1 m below and 2 m in front of it, told in three ways.
        SE3 blender = SE3.FromRowMajor3x4([1, 0, 0, 3, 0, -1, 0, 1, 0, 0, -1, 2]);          // camera y up, z backward
        double[] extrinsics = [1, 0, 0, -3, 0, 1, 0, -1, 0, 0, 1, -2];                      // world-to-camera [R t]

        SE3 fromOpenGl = AxisConventions.OpenCvFromOpenGl(blender);
        SE3 fromWorldToCamera = SE3.FromRowMajor3x4(extrinsics).Inverse();
        SE3 fromUnreal = AxisConventions.OpenCvFromUnreal(
            forward: new(1, 0, 0), right: new(0, 1, 0), up: new(0, 0, 1), locationCentimetres: new(200, 300, -100));

        foreach (SE3 pose in new[] { fromOpenGl, fromWorldToCamera, fromUnreal })
        {
            Vector3d centre = pose.Translation, forward = pose.Rotation * new Vector3d(0, 0, 1);
            output.WriteLine($"at ({centre.X:F0}, {centre.Y:F0}, {centre.Z:F0}) m, looks along ({forward.X:F0}, {forward.Y:F0}, {forward.Z:F0})");
        }
        // ConvertConventions ends
    }

    public static void RelativePoses(TextWriter output)
    {
        // RelativePoses begins
        CameraTrajectory path = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        CameraTrajectory target = path.RelativeToFirst();             // T_0⁻¹ T_i; frame 0 is exactly the identity
        CameraTrajectory fromMiddle = path.RelativeTo(path[40]);      // T_40⁻¹ T_i
        SE3 step = path[10].Inverse() * path[11];                     // motion from frame 10 to 11, in the axes of camera 10

        output.WriteLine($"frame 0: {target[0]}");
        output.WriteLine($"frame 0 as camera 40 sees it: {fromMiddle[0].Translation.X:F3} m to the right");
        output.WriteLine($"one step: {step.Translation.Length:F5} m, {step.Rotation.Log().Length:F5} rad");
        // RelativePoses ends
    }

    public static void MeasureSpeeds(TextWriter output)
    {
        // MeasureSpeeds begins
        const double FramesPerSecond = 16;
        CameraTrajectory path = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        TrajectorySpeeds speeds = TrajectorySpeeds.Of(path);

        output.WriteLine($"fastest step {speeds.MaximumTranslationMetresPerFrame * FramesPerSecond:F3} m/s");
        output.WriteLine($"fastest turn {double.RadiansToDegrees(speeds.MaximumRotationRadiansPerFrame) * FramesPerSecond:F2} degrees/s");
        output.WriteLine($"{speeds.PathLengthMetres:F3} m in all, {speeds.TotalRotationRadians:F3} rad");
        // MeasureSpeeds ends
    }

    public static void RescaleToWalking(TextWriter output)
    {
        // RescaleToWalking begins
        // A path of unknown scale gets a walker's top speeds: 1.2 m/s and 8 degrees/s at 16 frames per second.
        CameraTrajectory path = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 300);
        RescaleResult walk = TrajectoryRescaler.Rescale(path, 1.2 / 16, double.DegreesToRadians(8) / 16);

        output.WriteLine($"centres × {walk.TranslationFactor:F4}, turns × {walk.RotationFactor:F4}");
        output.WriteLine(walk.Trajectory is { } target
            ? $"fastest step now {TrajectorySpeeds.Of(target).MaximumTranslationMetresPerFrame:F4} m"
            : $"refused: {walk.Rejection}");
        // RescaleToWalking ends
    }

    public static void Resample(TextWriter output)
    {
        // Resample begins
        CameraTrajectory path = new(
            [SE3.Identity, new(SO3.Exp(new(0, 0.2, 0)), new(0, 0, 1)), new(SO3.Exp(new(0, 0.2, 0)), new(0, 0, 3))],
            timestampsSeconds: [0, 1, 2]);

        CameraTrajectory smooth = path.Resample(81);                          // 81 frames, both ends kept
        CameraTrajectory thinned = smooth.EveryNth(4);                        // frames 0, 4, …, 80
        CameraTrajectory atTimes = path.AtTimes([0.5, 1.5]);
        SE3 between = SE3.InterpolateSplit(path[0], path[1], 0.5);            // straight line, shortest arc

        output.WriteLine($"{smooth.Count} and {thinned.Count} frames");
        output.WriteLine($"z at 0.5 s and 1.5 s: {atTimes[0].Translation.Z:F2} m, {atTimes[1].Translation.Z:F2} m");
        output.WriteLine($"halfway to key 1: {between.Translation.Z:F2} m, {between.Rotation.Log().Y:F2} rad");
        // Resample ends
    }

    public static void AverageRotations(TextWriter output)
    {
        // AverageRotations begins
        SO3[] measured = [SO3.Exp(new(0, 0.10, 0)), SO3.Exp(new(0, 0.20, 0)), SO3.Exp(new(0, 0.60, 0))];
        SO3 mean = RotationMean.Karcher(measured);                            // least squared angles
        SO3 weighted = RotationMean.Karcher(measured, [1, 1, 0]);             // the third is an outlier
        SO3 chordal = RotationMean.Chordal(measured);                         // least squared matrix distances

        output.WriteLine($"{mean.Log().Y:F4}, {weighted.Log().Y:F4}, {chordal.Log().Y:F4} rad");
        // AverageRotations ends
    }

    public static void ErrorsOfReDirector(TextWriter output)
    {
        // ErrorsOfReDirector begins
        CameraTrajectory target = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        CameraTrajectory generated = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.4, pivotMetres: 2);

        ReDirectorErrors errors = ReDirectorErrors.Between(generated, target);
        ReDirectorErrors asPublished = ReDirectorErrors.BetweenInFloat32(generated, target).RoundedAsPublished();

        output.WriteLine($"RotErr {errors.RotationErrorDegrees:F4} degrees, TransErr {errors.TranslationError:F5}");
        output.WriteLine($"as the table prints them: {asPublished.RotationErrorDegrees:F2}, {asPublished.TranslationError:F2}");
        // ErrorsOfReDirector ends
    }

    public static void ErrorsOfCameraControl(TextWriter output)
    {
        // ErrorsOfCameraControl begins
        CameraTrajectory target = TrajectoryPresets.Arc(frames: 16, radiansRight: 0.5, pivotMetres: 4);
        CameraTrajectory generated = TrajectoryPresets.Arc(frames: 16, radiansRight: 0.4, pivotMetres: 2);

        foreach (TranslationNormalisation scale in Enum.GetValues<TranslationNormalisation>())
        {
            CameraControlErrors errors = CameraControlErrors.Between(generated, target, scale);
            output.WriteLine($"{scale}: RotErr {errors.RotationErrorRadians:F3} rad, TransErr {errors.TranslationError:F3}, CamMC {errors.CamMc:F3}");
        }
        // ErrorsOfCameraControl ends
    }

    public static void ErrorsOfOdometry(TextWriter output)
    {
        // ErrorsOfOdometry begins
        // A monocular estimate of a path: the right shape, in its own world and its own unit.
        CameraTrajectory walked = TrajectoryPresets.Arc(frames: 81, radiansRight: 1.5, pivotMetres: 4);
        SE3 otherWorld = new(SO3.Exp(new(0.3, -0.2, 0.5)), new(10, 0, -3));
        CameraTrajectory odometry = new([.. walked.Select(pose => otherWorld * (pose with { Translation = 0.1 * pose.Translation }))]);

        AbsolutePoseError ape = AbsolutePoseError.Between(odometry, walked, TrajectoryAlignment.Sim3);
        RelativePoseError rpe = RelativePoseError.Between(odometry, walked, deltaFrames: 1);

        output.WriteLine(ape.IsDefined
            ? $"APE rmse {ape.Errors(PoseRelation.Translation).Statistics.Rmse:F6} m after scaling by {ape.Fit!.Scale:F3}"
            : $"no alignment: {ape.Degeneracy}");
        output.WriteLine($"RPE mean {rpe.Errors(PoseRelation.Translation).Statistics.Mean:F4} m and {rpe.Errors(PoseRelation.RotationDegrees).Statistics.Mean:F4} degrees per frame");
        // ErrorsOfOdometry ends
    }

    public static void MetricErrors(TextWriter output)
    {
        // MetricErrors begins
        CameraTrajectory target = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        CameraTrajectory halfSpeed = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 2);

        double? blind = ReDirectorErrors.Between(halfSpeed, target).TranslationError;
        TrajectoryError error = TrajectoryError.Between(halfSpeed, target);
        MetricPathComparison scale = MetricPathComparison.Between(halfSpeed, target);

        output.WriteLine($"TransErr {blind:F4}");
        output.WriteLine($"late-weighted error {error.TranslationMetres:F3} m, {error.RotationRadians:F3} rad; in the last frame {error.FrameTranslationMetres[^1]:F3} m");
        output.WriteLine($"the camera went {scale.PathLengthRatio:F2} of the way");
        // MetricErrors ends
    }

    public static void PluckerMaps(TextWriter output)
    {
        // PluckerMaps begins
        CameraTrajectory target = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        CameraIntrinsics lens = CameraIntrinsics.FromHorizontalFieldOfView(double.DegreesToRadians(60), widthPixels: 104, heightPixels: 60);

        float[] maps = PluckerRays.Maps(target, lens);                        // (F, H, W, 6), moment first
        float[] packed = PluckerRays.Packed(target, lens);                    // (24, F′, H, W), what the adapter takes
        double[] rows = CameraRows.Of(target, lens.Normalised());             // the 19 numbers per frame, if you need them

        int middle = ((80 * 60 + 30) * 104 + 52) * PluckerRays.Channels;      // frame 80, row 30, column 52
        output.WriteLine($"{maps.Length} = 81 × 60 × 104 × 6; packed {packed.Length} = 24 × {PluckerRays.PackedFrames(81)} × 60 × 104; rows {rows.Length}");
        output.WriteLine($"direction ({maps[middle + 3]:F3}, {maps[middle + 4]:F3}, {maps[middle + 5]:F3})");
        // PluckerMaps ends
    }

    public static void WriteTum(TextWriter output, string folder)
    {
        // WriteTum begins
        CameraTrajectory path = TrajectoryPresets.Dolly(frames: 3, metresForward: 1);
        double[] times = [.. Enumerable.Range(0, path.Count).Select(i => i / 16.0)];

        string file = Path.Combine(folder, "path.tum");
        TumFormat.Write(file, new(path.CameraToWorld, times));                // TUM rows need time stamps
        output.Write(File.ReadAllText(file));
        // WriteTum ends
    }

    public static void Batches(TextWriter output)
    {
        // Batches begins
        CameraTrajectory path = TrajectoryPresets.Arc(frames: 81, radiansRight: 0.5, pivotMetres: 4);
        SE3[] worldToCamera = new SE3[path.Count];
        SE3Batch.Inverse(path.CameraToWorld, worldToCamera);

        Vector3d[] points = [new(0, 0, 4), new(1, 0, 5)], seen = new Vector3d[2];
        SE3Batch.Transform(worldToCamera[80], points, seen);                  // one pose, many points; no allocation

        double[] matrices = new double[12 * path.Count];
        SE3Batch.ToRowMajor3x4(worldToCamera, matrices);
        output.WriteLine($"the pivot stays at depth {seen[0].Z:F3} m; the other point is at ({seen[1].X:F3}, {seen[1].Y:F3}, {seen[1].Z:F3})");
        // Batches ends
    }
}
