namespace GeoAlign.Terminal;

/// <summary>Work that keeps something when Ctrl-C stops it.</summary>
public static class Stoppable
{
    /// <summary>Runs the work; where it is stopped, the user reads what is kept.</summary>
    /// <param name="work">The work.</param>
    /// <param name="whenStopped">What is kept and how to go on.</param>
    /// <exception cref="WorkStoppedException">It was stopped.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work, string whenStopped)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException cause)
        {
            throw new WorkStoppedException(whenStopped, cause);
        }
    }
}
