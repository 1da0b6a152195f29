using System.Globalization;
using GeoAlign.Geometry;

namespace GeoAlign.Sampling;

/// <summary>The ten test moves of ReCamMaster at given speeds, as ReDirector makes them (<see cref="ReDirectorTrajectory"/>). Metric.</summary>
public sealed class PresetPaths : IRawPathSource
{
    private readonly (CameraMove Move, double Speed, string Id)[] _paths;

    /// <summary>Every move at every speed, equally likely.</summary>
    /// <param name="moves">Moves; null or empty takes all ten.</param>
    /// <param name="speeds">Factors of every step, above 0; null or empty takes 1, the published speed.</param>
    /// <exception cref="ArgumentException">A move or speed that does not exist, or is given twice.</exception>
    public PresetPaths(IReadOnlyList<CameraMove>? moves = null, IReadOnlyList<double>? speeds = null)
    {
        if (moves is null or { Count: 0 }) moves = ReCamMasterMoves.All;
        if (speeds is null or { Count: 0 }) speeds = [1];
        if (moves.Any(m => !Enum.IsDefined(m)) || moves.Distinct().Count() != moves.Count) throw new ArgumentException($"The moves are {string.Join(", ", moves)}, expected different ones of the ten.", nameof(moves));
        if (speeds.Any(s => !(s > 0 && double.IsFinite(s))) || speeds.Distinct().Count() != speeds.Count)
            throw new ArgumentException($"The speeds are {string.Join(", ", speeds)}, expected different numbers above 0.", nameof(speeds));
        _paths = [.. moves.SelectMany(_ => speeds, (move, speed) => (move, speed, string.Create(CultureInfo.InvariantCulture, $"{move}×{speed}")))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Ids => Array.ConvertAll(_paths, p => p.Id);

    /// <summary>Reads a move: its number ("9"), its camera ("cam09") or its name in any spelling ("ArcLeft", "arc-left", "Arc Left").</summary>
    /// <exception cref="FormatException">No such move; the message lists the ten.</exception>
    public static CameraMove ParseMove(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = text.StartsWith("cam", StringComparison.OrdinalIgnoreCase) ? text[3..] : text;
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && Enum.IsDefined((CameraMove)number)) return (CameraMove)number;
        string letters = string.Concat(text.Where(char.IsAsciiLetter));
        foreach (CameraMove move in ReCamMasterMoves.All)
            if (string.Equals(move.ToString(), letters, StringComparison.OrdinalIgnoreCase)) return move;
        throw new FormatException($"'{text}' is no camera move; expected one of {string.Join(", ", ReCamMasterMoves.All.Select(m => $"{(int)m} {m}"))}.");
    }

    /// <inheritdoc/>
    public RawPath Draw(PathKey key, int frameCount)
    {
        (CameraMove move, double speed, string id) = _paths[key.Index(_paths.Length, stream: 0)];
        return new RawPath { Id = id, Trajectory = ReDirectorTrajectory.Make(move, frameCount, speed), IsMetric = true };
    }
}
