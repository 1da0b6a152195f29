using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Cli;

/// <summary>Looks for what is odd about a path. The limits are ours; those of jumps and of standing still are the guards of rescaling.</summary>
internal static class PathOddities
{
    private const double FastMetresPerSecond = 15, FastMetresPerFrame = 1, TinyMetres = 0.01, FarFromOrigin = 1e5, LooseRotation = 1e-6, SmootherTimes = 5, SteadierTimes = 1.5;

    /// <summary>All findings of a path.</summary>
    public static IReadOnlyList<Finding> Of(NamedPath named, PathFacts facts)
    {
        List<Finding> found = [];
        CameraTrajectory path = named.Recorded.Trajectory;
        if (!facts.IsMetric) found.Add(new("unknown-scale", "The scale is unknown: lengths are not metres until --metres-per-unit says so or geoalign rescale gives the path a speed."));
        if (facts.Lens is { IsDistorted: true }) found.Add(new("distortion", "The file states lens distortion; its terms are not carried."));
        if (facts.MissingFrames > 0) found.Add(new("missing-frames", $"{Figures.Counted((int)Math.Min(facts.MissingFrames, int.MaxValue), "frame has", "frames have")} no pose: speeds per frame are steps between known poses."));
        if (facts.Times is { IrregularSteps: > 0 } times) found.Add(new("irregular-times", $"{Figures.Counted(times.IrregularSteps, "interval is", "intervals are")} more than 5 % off the median of {Figures.Of(1 / times.FramesPerSecond)} s."));
        if (facts.RotationDeviation is { } loose && loose > LooseRotation) found.Add(new("loose-rotations", $"Rotations in the file are off by up to {Figures.Of(loose)}; they were replaced by the nearest ones."));
        if (path.Max(p => p.Translation.Length) > FarFromOrigin) found.Add(new("far-from-origin", "Camera centres lie more than 100 km from the origin: single precision would round them to centimetres. Convert with --relative."));
        if (facts.Frames < 2)
        {
            found.Add(new("single-pose", "A single pose: there is no motion."));
            return found;
        }

        AddMotion(found, TrajectorySpeeds.Of(path), facts);
        if (RepeatedPoses(path) is { } run) found.Add(new("frozen", $"Frames {run.First} to {run.Last} repeat one pose while the rest moves: the tracker may have been lost."));
        if (LooksWorldToCamera(path)) found.Add(new("maybe-world-to-camera", $"Read as world-to-camera, the path would be more than {SmootherTimes:0} times smoother: if the file holds such poses, say --world-to-camera."));
        return found;
    }

    private static void AddMotion(List<Finding> found, TrajectorySpeeds speeds, PathFacts facts)
    {
        RescaleOptions limits = RescaleOptions.Default;
        bool moves = speeds.MaximumTranslationMetresPerFrame >= limits.MinimumTranslationMetresPerFrame, turns = speeds.MaximumRotationRadiansPerFrame >= limits.MinimumRotationRadiansPerFrame;
        if (!moves && !turns) found.Add(new("static", "The camera stands still."));
        else if (!moves) found.Add(new("only-turns", $"The camera only turns: no step reaches {limits.MinimumTranslationMetresPerFrame:0.0000} {facts.LengthUnit}."));

        if (moves) AddJumps("translation-jump", facts.LengthUnit, speeds.TranslationMetresPerFrame, speeds.MedianTranslationMetresPerFrame, limits.MinimumTranslationMetresPerFrame, 1);
        if (turns) AddJumps("rotation-jump", "°", speeds.RotationRadiansPerFrame, speeds.MedianRotationRadiansPerFrame, limits.MinimumRotationRadiansPerFrame, 180 / Math.PI);
        if (!facts.IsMetric || !moves) return;

        if (facts.TranslationPerSecond is { Maximum: > FastMetresPerSecond } fast) found.Add(new("fast", $"Up to {Figures.Of(fast.Maximum)} m/s, faster than a car in a town: are these lengths metres?"));
        else if (facts.TranslationPerSecond is null && speeds.MedianTranslationMetresPerFrame > FastMetresPerFrame) found.Add(new("fast", $"Usually {Figures.Of(speeds.MedianTranslationMetresPerFrame)} m from one frame to the next: are these lengths metres?"));
        if (facts.Frames >= 10 && facts.PathLength < TinyMetres) found.Add(new("tiny", $"The whole path is {Figures.Of(1000 * facts.PathLength)} mm long: are these lengths metres?"));

        void AddJumps(string code, string unit, ReadOnlySpan<double> steps, double median, double least, double factor)
        {
            double limit = limits.MaximumJumpRatio * Math.Max(median, least);
            List<int> frames = [];
            for (int i = 0; i < steps.Length; i++)
                if (steps[i] > limit) frames.Add(i + 1);
            if (frames.Count == 0) return;
            string at = string.Join(", ", frames.Take(5)) + (frames.Count > 5 ? ", …" : "");
            string space = unit == "°" ? "" : " ";
            found.Add(new(code, string.Create(CultureInfo.InvariantCulture,
                $"{Figures.Counted(frames.Count, "step is", "steps are")} more than {limits.MaximumJumpRatio:0} times the median of {Figures.Of(factor * median)}{space}{unit}, into frame {at}: a bad pose or a cut. Rescaling rejects such a path.")));
        }
    }

    // The longest run of equal poses, if it is at least three frames and a tenth of a path that otherwise moves.
    private static (int First, int Last)? RepeatedPoses(CameraTrajectory path)
    {
        (int First, int Last) longest = (0, 0);
        int start = 0;
        for (int i = 1; i < path.Count; i++)
        {
            if (path[i] != path[i - 1]) start = i;
            if (i - start > longest.Last - longest.First) longest = (start, i);
        }

        int length = longest.Last - longest.First + 1;
        return length >= 3 && length >= 0.1 * path.Count && length < path.Count ? longest : null;
    }

    // Centres of a hand-held camera move smoothly; read in the wrong direction, every turn swings them around the origin. A camera on its way
    // around the origin looks the same in the other direction (its inverse hardly moves), but its motion as it sees it is steady. Ours.
    private static bool LooksWorldToCamera(CameraTrajectory path)
    {
        if (path.Count < 5) return false;
        CameraTrajectory inverted = new(Array.ConvertAll(path.CameraToWorld.ToArray(), p => p.Inverse()));
        double asRead = Roughness(path);
        return asRead > SmootherTimes * Roughness(inverted) && asRead > 1e-9 * TrajectorySpeeds.Of(path).PathLengthMetres && Unsteadiness(path) > SteadierTimes * Unsteadiness(inverted);
    }

    // Sum of second differences of the centres: 0 for a straight line at one speed.
    private static double Roughness(CameraTrajectory path)
    {
        double sum = 0;
        for (int i = 2; i < path.Count; i++) sum += (path[i].Translation - 2 * path[i - 1].Translation + path[i - 2].Translation).Length;
        return sum;
    }

    // Changes of the motion as the camera sees it, as a share of the motion: 0 for a line, an arc or a helix at one speed. 1 for a camera at rest.
    private static double Unsteadiness(CameraTrajectory path)
    {
        double changes = 0, motion = 0;
        Vector3d before = default;
        for (int i = 1; i < path.Count; i++)
        {
            Vector3d step = (path[i - 1].Inverse() * path[i]).Translation;
            if (i > 1) changes += (step - before).Length;
            motion += step.Length;
            before = step;
        }

        return motion > 1e-12 * path.Max(p => p.Translation.Length) ? changes / motion : 1;
    }
}
