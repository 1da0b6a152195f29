using System.Globalization;

namespace GeoAlign.Geometry;

/// <summary>
/// The intrinsics keys of a <c>transforms.json</c>, of the file or of one frame; what a frame does not state the file may.
/// </summary>
internal struct NerfstudioLens
{
    private double? _focalX, _focalY, _cx, _cy, _width, _height, _angleX, _angleY;
    private string? _model;
    private bool _hasDistortion;

    /// <summary>Reads the value of an intrinsics key; false when the key is another one.</summary>
    public bool TryRead(ref JsonCursor json, string key)
    {
        switch (key)
        {
            case "fl_x":
                _focalX = Positive(ref json, key);
                return true;
            case "fl_y":
                _focalY = Positive(ref json, key);
                return true;
            case "cx":
                _cx = json.ReadNumber(key);
                return true;
            case "cy":
                _cy = json.ReadNumber(key);
                return true;
            case "w":
                _width = Pixels(ref json, key);
                return true;
            case "h":
                _height = Pixels(ref json, key);
                return true;
            case "camera_angle_x":
                _angleX = Angle(ref json, key);
                return true;
            case "camera_angle_y":
                _angleY = Angle(ref json, key);
                return true;
            case "camera_model":
                json.Next();
                _model = json.String(key);
                return true;
            case "k1" or "k2" or "k3" or "k4" or "p1" or "p2":
                _hasDistortion |= json.ReadNumber(key) != 0;
                return true;
            case "distortion_params":
                json.OpenArray($"{key} as a list of numbers");
                while (json.NextItem()) _hasDistortion |= json.Number(key) != 0;
                return true;
            default:
                return false;
        }
    }

    /// <summary>The intrinsics of a frame: its own keys, else those of the file.</summary>
    /// <returns>Null, or what is missing and was expected.</returns>
    public readonly string? ProblemOf(in NerfstudioLens file, out RecordedIntrinsics intrinsics)
    {
        intrinsics = default;
        double? width = _width ?? file._width, height = _height ?? file._height;
        double? fx = _focalX ?? Focal(_angleX, width) ?? file._focalX ?? Focal(file._angleX, width);
        if (fx is null) return "no focal length, expected fl_x, or camera_angle_x and w";

        double? cx = _cx ?? file._cx ?? width / 2, cy = _cy ?? file._cy ?? height / 2;
        if (cx is null || cy is null) return "no principal point, expected cx and cy, or w and h";

        double fy = _focalY ?? Focal(_angleY, height) ?? file._focalY ?? Focal(file._angleY, height) ?? fx.Value;
        intrinsics = new(fx.Value, fy, cx.Value, cy.Value)
        {
            WidthPixels = (int?)width,
            HeightPixels = (int?)height,
            HasDistortion = _hasDistortion || file._hasDistortion || !IsPinhole(_model ?? file._model),
        };
        return null;
    }

    /// <summary>With their distortion terms zero, OPENCV and the radial models are pinholes too.</summary>
    private static bool IsPinhole(string? model) => model is null or "OPENCV" or "PINHOLE" or "SIMPLE_PINHOLE" or "SIMPLE_RADIAL" or "RADIAL";

    /// <summary><c>f = ½·w / tan(½·angle)</c>.</summary>
    private static double? Focal(double? angleRadians, double? size) => 0.5 * size / Tangent(0.5 * angleRadians);

    private static double? Tangent(double? angleRadians) => angleRadians is { } angle ? Math.Tan(angle) : null;

    private static double Positive(ref JsonCursor json, string key)
    {
        double value = json.ReadNumber(key);
        return value > 0
            ? value
            : throw json.Broken(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected pixels above 0"));
    }

    private static double Pixels(ref JsonCursor json, string key)
    {
        double value = json.ReadNumber(key);
        return value is >= 1 and <= int.MaxValue && value == Math.Truncate(value)
            ? value
            : throw json.Broken(
                string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected a whole number of pixels above 0"));
    }

    private static double Angle(ref JsonCursor json, string key)
    {
        double value = json.ReadNumber(key);
        return value > 0 && value < Math.PI
            ? value
            : throw json.Broken(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected radians between 0 and π"));
    }
}
