using System.Globalization;

namespace GeoAlign.Testing;

/// <summary>Memory of this process that no file backs: what a leak of native memory makes grow.</summary>
public static class ResidentMemory
{
    /// <summary>
    /// Growth of resident memory over one round, in bytes: the least of several equal rounds, and no more of them than it takes to stay
    /// under <paramref name="bound"/>. A leak shows in every round; what the runtime or an allocator takes for itself shows in some.
    /// </summary>
    /// <param name="bound">What a round may add; a leak worth finding adds more.</param>
    /// <param name="round">The work, the same each time.</param>
    public static long LeastGrowth(long bound, Action round)
    {
        const int Rounds = 5;
        long least = long.MaxValue;
        for (int i = 0; i < Rounds && least >= bound; i++)
        {
            long before = Now();
            round();
            least = Math.Min(least, Now() - before);
        }

        return least;
    }

    private static long Now()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        if (!OperatingSystem.IsLinux()) return Environment.WorkingSet;
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
