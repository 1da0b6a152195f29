using FsCheck;
using FsCheck.Fluent;
using Xunit.Sdk;

namespace GeoAlign.Testing;

/// <summary>Property tests: FsCheck's core called from plain xunit facts.</summary>
public static class ForAll
{
    /// <summary>Runs <paramref name="law"/> with seeded generators; a failure names the seed that breaks it.</summary>
    public static void Seeds(int count, Action<Random> law) =>
        Check(Gen.Choose(0, int.MaxValue), seed =>
        {
            try
            {
                law(new Random(seed));
            }
            catch (XunitException broken)
            {
                throw new XunitException($"seed {seed}: {broken.Message}");
            }
        }, count);

    /// <summary>Runs <paramref name="law"/> on values of a generator; FsCheck reports the counter-example and how to replay it.</summary>
    public static void Check<T>(Gen<T> values, Action<T> law, int count = 200) =>
        Prop.ForAll(values.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true));
}
