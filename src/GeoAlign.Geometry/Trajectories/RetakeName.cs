using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>What the video of a condition seen along one of the ten moves is called: the condition, the move, and the speed of that move.</summary>
/// <remarks>ReDirector's names (its <c>inference.py</c> writes and its <c>evaluate.py</c> reads them), so that results of any method can be scored.</remarks>
/// <param name="Video">Name of the condition video; it may contain underscores.</param>
/// <param name="Move">One of the ten.</param>
/// <param name="Speed">Factor of the published speed.</param>
public readonly record struct RetakeName(string Video, CameraMove Move, double Speed)
{
    /// <summary><c>VIDEO_camera_TYPE_speed_SPEED</c>, TYPE the number of the move: the name ReDirector gives its outputs.</summary>
    public override string ToString() => $"{Video}_camera_{(int)Move}_speed_{SpeedText(Speed)}";

    /// <summary>"1.0", "0.25": at least one decimal.</summary>
    /// <param name="speed">Factor of the published speed.</param>
    public static string SpeedText(double speed)
    {
        string digits = speed.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : digits + ".0";
    }

    /// <summary>Reads a name without its extension. The type may be a number or a move's name, the speed any positive number.</summary>
    /// <param name="stem">File name without folder and extension.</param>
    /// <param name="name">What it says.</param>
    public static bool TryParse(string stem, out RetakeName name)
    {
        name = default;
        string[] parts = stem.Split('_');
        if (parts is not [_, .., "camera", string type, "speed", string speedText]) return false;
        string video = string.Join('_', parts[..^4]);
        if (video.Length == 0 || !TryParseMove(type, out CameraMove move)) return false;
        if (!double.TryParse(speedText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double speed) || !(speed > 0 && double.IsFinite(speed))) return false;
        name = new(video, move, speed);
        return true;
    }

    /// <summary>Reads "1" … "10", "PanRight", "pan-right" or "pan right".</summary>
    /// <param name="text">Number or name.</param>
    /// <param name="move">The move.</param>
    public static bool TryParseMove(string text, out CameraMove move)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            move = (CameraMove)number;
        }
        else
        {
            string name = text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
            move = ReCamMasterMoves.All.FirstOrDefault(each => name.Equals(each.ToString(), StringComparison.OrdinalIgnoreCase));
        }

        return Enum.IsDefined(move);
    }
}
