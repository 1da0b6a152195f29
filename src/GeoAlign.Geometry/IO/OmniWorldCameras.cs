using System.Text.Json;

namespace GeoAlign.Geometry;

/// <summary>The content of one <c>camera/split_K.json</c>: a pose and intrinsics per frame.</summary>
internal sealed record OmniWorldCameras(SE3[] WorldToCamera, RecordedIntrinsics[] Intrinsics)
{
    private const string Expected = "an object with focals, cx, cy, quats and trans";

    public static OmniWorldCameras Parse(ReadOnlySpan<byte> utf8, string name, int frameCount)
    {
        JsonCursor json = new(utf8, name);
        json.OpenObject(Expected);
        List<double>? focals = null, cx = null, cy = null;
        List<SO3>? rotations = null;
        List<Vector3d>? translations = null;
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (json.NextProperty(seen, out string key))
        {
            switch (key)
            {
                case "focals":
                    focals = ReadFocals(ref json, frameCount);
                    break;
                case "cx":
                    cx = ReadPrincipal(ref json, key, frameCount);
                    break;
                case "cy":
                    cy = ReadPrincipal(ref json, key, frameCount);
                    break;
                case "quats":
                    rotations = ReadRotations(ref json, frameCount);
                    break;
                case "trans":
                    translations = ReadTranslations(ref json, frameCount);
                    break;
                default:
                    json.SkipValue();
                    break;
            }
        }

        if (focals is null || cx is null || cy is null || rotations is null || translations is null)
        {
            string missing = focals is null ? "focals" : cx is null ? "cx" : cy is null ? "cy" : rotations is null ? "quats" : "trans";
            throw json.Broken($"no {missing}, expected {Expected}");
        }

        json.ExpectEnd();
        SE3[] poses = new SE3[frameCount];
        RecordedIntrinsics[] intrinsics = new RecordedIntrinsics[frameCount];
        for (int i = 0; i < frameCount; i++)
        {
            poses[i] = new(rotations[i], translations[i]);
            intrinsics[i] = new(focals[i], focals[i], cx[i], cy[i]);
        }

        return new OmniWorldCameras(poses, intrinsics);
    }

    private static List<double> ReadFocals(ref JsonCursor json, int frameCount)
    {
        json.OpenArray("focals as a list of numbers");
        List<double> focals = [];
        while (json.NextItem())
        {
            double focal = json.Number("focals");
            if (!(focal > 0)) throw json.Broken($"focals: entry {focals.Count} is not positive, expected pixels above 0");
            focals.Add(focal);
        }

        return Checked(focals, in json, "focals", frameCount);
    }

    /// <summary>One number for all frames, or a list.</summary>
    private static List<double> ReadPrincipal(ref JsonCursor json, string key, int frameCount)
    {
        List<double> values = [];
        if (json.Next() != JsonTokenType.StartArray)
        {
            values.AddRange(Enumerable.Repeat(json.Number(key), frameCount));
            return values;
        }

        while (json.NextItem()) values.Add(json.Number(key));
        return Checked(values, in json, key, frameCount);
    }

    private static List<SO3> ReadRotations(ref JsonCursor json, int frameCount)
    {
        json.OpenArray("quats as a list of quaternions");
        List<SO3> rotations = [];
        Span<double> q = stackalloc double[4];
        while (json.NextItem())
        {
            if (json.Token != JsonTokenType.StartArray)
                throw json.Broken($"quats: {json.Found()}, expected a list of four numbers (w x y z)");
            json.FillNumbers(q, "a quaternion of quats (w x y z)");
            if (FileQuaternion.ProblemOf(q[0], q[1], q[2], q[3], out SO3 rotation) is { } problem)
                throw json.Broken($"quats: {problem} (w x y z) at entry {rotations.Count}");
            rotations.Add(rotation);
        }

        return Checked(rotations, in json, "quats", frameCount);
    }

    private static List<Vector3d> ReadTranslations(ref JsonCursor json, int frameCount)
    {
        json.OpenArray("trans as a list of translations");
        List<Vector3d> translations = [];
        Span<double> t = stackalloc double[3];
        while (json.NextItem())
        {
            if (json.Token != JsonTokenType.StartArray) throw json.Broken($"trans: {json.Found()}, expected a list of three numbers");
            json.FillNumbers(t, "a translation of trans");
            translations.Add(new(t[0], t[1], t[2]));
        }

        return Checked(translations, in json, "trans", frameCount);
    }

    private static List<T> Checked<T>(List<T> values, in JsonCursor json, string key, int frameCount) => values.Count == frameCount
        ? values
        : throw json.Broken($"{values.Count} {key}, expected {frameCount} as the split has frames");
}
