using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using GeoAlign.Geometry;

namespace GeoAlign.Rewards;

/// <summary>One request to score videos: 8 bytes length of the header, the header in JSON, the pixels of all videos in its order. Immutable.</summary>
public sealed class ScorerRequest
{
    private const int MaxIdCharacters = 64;

    private readonly Lazy<byte[]> _preamble;                 // length of the header, header

    /// <summary>Puts a request together.</summary>
    /// <param name="id">Any text that tells requests apart; the answer repeats it.</param>
    /// <param name="dimensions">Names of the dimensions the client expects, in order.</param>
    /// <param name="rolloutIds">An id per rollout, all different; the answer repeats them.</param>
    /// <param name="rollouts">The videos with what they were generated for.</param>
    public ScorerRequest(string id, ImmutableArray<string> dimensions, ImmutableArray<string> rolloutIds, ImmutableArray<VideoRollout> rollouts)
    {
        if (rolloutIds.Length != rollouts.Length) throw new ArgumentException($"{rolloutIds.Length} ids for {rollouts.Length} rollouts.", nameof(rolloutIds));
        (Id, Dimensions, RolloutIds, Rollouts) = (id, dimensions, rolloutIds, rollouts);
        _preamble = new Lazy<byte[]>(Preamble);
    }

    /// <summary>The request's id.</summary>
    public string Id { get; }

    /// <summary>Names of the dimensions, in order.</summary>
    public ImmutableArray<string> Dimensions { get; }

    /// <summary>The id of each rollout.</summary>
    public ImmutableArray<string> RolloutIds { get; }

    /// <summary>The rollouts.</summary>
    public ImmutableArray<VideoRollout> Rollouts { get; }

    /// <summary>Bytes of the whole request.</summary>
    public long LengthBytes => _preamble.Value.Length + Rollouts.Sum(r => (long)r.Frames.Rgb24.Length);

    /// <summary>Writes the whole request; the pixels are not copied.</summary>
    public async Task WriteAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        await stream.WriteAsync(_preamble.Value, cancellationToken).ConfigureAwait(false);
        foreach (VideoRollout rollout in Rollouts) await stream.WriteAsync(rollout.Frames.Rgb24, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a request. Nothing is allocated for sizes beyond the limits or beyond the announced length.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="lengthBytes">Its announced length; the header and the pixels must fill it exactly.</param>
    /// <param name="limits">What is taken.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="ScorerProtocolException">The request breaks the protocol or a limit, or ends early.</exception>
    public static async Task<ScorerRequest> ReadAsync(Stream stream, long lengthBytes, ScorerLimits limits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits.Validated();
        if (lengthBytes > limits.MaxRequestBytes) throw new ScorerProtocolException($"The request has {lengthBytes} bytes, the limit is {limits.MaxRequestBytes}.");
        byte[] prefix = await ReadExactlyAsync(stream, ScorerProtocol.PrefixBytes, "the length of the header", cancellationToken).ConfigureAwait(false);
        ulong headerBytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerBytes < 2 || headerBytes > (ulong)limits.MaxHeaderBytes || headerBytes > (ulong)Math.Max(0, lengthBytes - ScorerProtocol.PrefixBytes))
            throw new ScorerProtocolException($"The header has {headerBytes} bytes, expected 2 to {limits.MaxHeaderBytes} and no more than the request.");

        byte[] header = await ReadExactlyAsync(stream, (int)headerBytes, "the header", cancellationToken).ConfigureAwait(false);
        using JsonDocument document = JsonField.Parse(header, "the header");
        JsonElement root = document.RootElement;
        JsonField.RequireVersion(root);
        string id = JsonField.Text(root, "request", MaxIdCharacters);
        ImmutableArray<string> dimensions = [.. JsonField.Of(root, "dimensions", JsonValueKind.Array).EnumerateArray().Select(d => JsonField.TextValue(d, "dimensions", 100))];
        JsonElement rollouts = JsonField.Of(root, "rollouts", JsonValueKind.Array);
        if (rollouts.GetArrayLength() < 1 || rollouts.GetArrayLength() > limits.MaxRollouts)
            throw new ScorerProtocolException($"rollouts: has {rollouts.GetArrayLength()} entries, expected 1 to {limits.MaxRollouts}.");

        (int Frames, int Height, int Width)[] sizes = [.. rollouts.EnumerateArray().Select(r =>
            (JsonField.Count(r, "frames", limits.MaxFrames), JsonField.Count(r, "height", limits.MaxSidePixels), JsonField.Count(r, "width", limits.MaxSidePixels)))];
        long expected = ScorerProtocol.PrefixBytes + (long)headerBytes + sizes.Sum(Bytes);
        if (expected != lengthBytes) throw new ScorerProtocolException($"The request has {lengthBytes} bytes, its header announces {expected}.");

        var ids = ImmutableArray.CreateBuilder<string>(sizes.Length);
        var videos = ImmutableArray.CreateBuilder<VideoRollout>(sizes.Length);
        for (int i = 0; i < sizes.Length; i++)
        {
            ids.Add(JsonField.Text(rollouts[i], "id", MaxIdCharacters));
            if (ids.IndexOf(ids[i]) != i) throw new ScorerProtocolException($"rollouts: two have the id '{ids[i]}'.");
            if (Bytes(sizes[i]) > Array.MaxLength) throw new ScorerProtocolException($"rollouts: a video has {Bytes(sizes[i])} bytes, expected at most {Array.MaxLength}.");
            VideoRollout described = Describe(rollouts[i], sizes[i]);
            byte[] pixels = await ReadExactlyAsync(stream, (int)Bytes(sizes[i]), $"the pixels of rollout {i}", cancellationToken).ConfigureAwait(false);
            videos.Add(described with { Frames = new VideoFrames(pixels, sizes[i].Width, sizes[i].Height, sizes[i].Frames, described.Frames.FramesPerSecond) });
        }

        return new ScorerRequest(id, dimensions, ids.MoveToImmutable(), videos.MoveToImmutable());

        static long Bytes((int Frames, int Height, int Width) size) => 3L * size.Frames * size.Height * size.Width;
    }

    private byte[] Preamble()
    {
        ReadOnlyMemory<byte> header = JsonField.Write(json =>
        {
            json.WriteString("protocol", ScorerProtocol.Version);
            json.WriteString("request", Id);
            json.WriteStartArray("dimensions");
            foreach (string name in Dimensions) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteStartArray("rollouts");
            for (int i = 0; i < Rollouts.Length; i++) Write(json, RolloutIds[i], Rollouts[i]);
            json.WriteEndArray();
        });
        byte[] preamble = new byte[ScorerProtocol.PrefixBytes + header.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(preamble, (ulong)header.Length);
        header.Span.CopyTo(preamble.AsSpan(ScorerProtocol.PrefixBytes));
        return preamble;
    }

    private static void Write(Utf8JsonWriter json, string id, VideoRollout rollout)
    {
        VideoFrames video = rollout.Frames;
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteNumber("frames", video.FrameCount);
        json.WriteNumber("height", video.HeightPixels);
        json.WriteNumber("width", video.WidthPixels);
        json.WriteNumber("fps", video.FramesPerSecond);
        if (rollout.Prompt is { Length: > 0 } prompt) json.WriteString("prompt", prompt);
        if (rollout.Target is { } target)
        {
            json.WriteStartArray("target");
            Span<double> matrix = stackalloc double[12];
            foreach (SE3 pose in target)
            {
                pose.CopyToRowMajor3x4(matrix);
                Write(json, matrix);
            }

            json.WriteEndArray();
        }

        if (!rollout.TargetFrames.IsDefaultOrEmpty)
        {
            json.WriteStartArray("target_frames");
            foreach (int frame in rollout.TargetFrames) json.WriteNumberValue(frame);
            json.WriteEndArray();
        }

        if (rollout.SourceMetricScale is { } scale) json.WriteNumber("source_metric_scale", scale);
        if (rollout.SourceColours is { } colours)
        {
            json.WritePropertyName("source_colours");
            Write(json, [colours.Mean.X, colours.Mean.Y, colours.Mean.Z, colours.StandardDeviation.X, colours.StandardDeviation.Y, colours.StandardDeviation.Z]);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray();
        foreach (double number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    // All but the pixels; the frames stand for their rate only.
    private static VideoRollout Describe(JsonElement rollout, (int Frames, int Height, int Width) size)
    {
        double fps = JsonField.Finite(JsonField.Of(rollout, "fps", JsonValueKind.Number), "fps");
        if (!(fps > 0)) throw new ScorerProtocolException($"fps: is {fps}, expected a number above 0.");
        ImmutableArray<int> frames = JsonField.Optional(rollout, "target_frames", JsonValueKind.Array) is { } list ? FrameNumbers(list, size.Frames) : [];
        CameraTrajectory? target = JsonField.Optional(rollout, "target", JsonValueKind.Array) is { } poses ? Path(poses) : null;
        int expected = frames.IsEmpty ? size.Frames : frames.Length;
        if (target is not null && target.Count != expected) throw new ScorerProtocolException($"target: has {target.Count} poses, expected {expected}.");
        if (target is null && !frames.IsEmpty) throw new ScorerProtocolException("target_frames: stands without a target.");

        double[]? colours = JsonField.Optional(rollout, "source_colours", JsonValueKind.Array) is { } c ? JsonField.FiniteNumbers(c, "source_colours", 6) : null;
        return new VideoRollout
        {
            Frames = new VideoFrames(new byte[3], 1, 1, 1, fps),
            Target = target,
            TargetFrames = frames,
            Prompt = JsonField.Optional(rollout, "prompt", JsonValueKind.String) is { } p ? JsonField.TextValue(p, "prompt", int.MaxValue) : null,
            SourceMetricScale = JsonField.Optional(rollout, "source_metric_scale", JsonValueKind.Number) is { } s ? JsonField.Finite(s, "source_metric_scale") : null,
            SourceColours = colours is null ? null : new ColourStatistics(new(colours[0], colours[1], colours[2]), new(colours[3], colours[4], colours[5])),
        };
    }

    private static CameraTrajectory Path(JsonElement poses)
    {
        SE3[] path = new SE3[poses.GetArrayLength()];
        for (int i = 0; i < path.Length; i++)
        {
            double[] matrix = JsonField.FiniteNumbers(poses[i], "target", 12);
            try
            {
                path[i] = SE3.FromRowMajor3x4(matrix);
            }
            catch (ArgumentException e)
            {
                throw new ScorerProtocolException($"target: pose {i} is no rigid motion: {e.Message}", e);
            }
        }

        return path.Length > 0 ? new CameraTrajectory(path) : throw new ScorerProtocolException("target: has no pose.");
    }

    private static ImmutableArray<int> FrameNumbers(JsonElement list, int frameCount)
    {
        var frames = ImmutableArray.CreateBuilder<int>();
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Number || !entry.TryGetInt32(out int frame) || frame <= (frames.Count == 0 ? -1 : frames[^1]) || frame >= frameCount)
                throw new ScorerProtocolException($"target_frames: has {entry.GetRawText()}, expected whole numbers that increase from 0 to {frameCount - 1}.");
            frames.Add(frame);
        }

        return frames.ToImmutable();
    }

    private static async Task<byte[]> ReadExactlyAsync(Stream stream, int count, string what, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[count];
        int read = await stream.ReadAtLeastAsync(bytes, count, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == count ? bytes : throw new ScorerProtocolException($"The request ends after {read} of {count} bytes of {what}.");
    }
}
