using System.Globalization;

namespace GeoAlign.Sampling.Tests.Video;

/// <summary>Decoding from the middle of a file: the very bytes that decoding from its beginning gives, or none at all.</summary>
public sealed class SeekingTests : IDisposable
{
    private const int Frames = 420;

    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new(), _programs = new();
    private readonly VideoReader _reader;
    private readonly FfmpegFrameDecoder _decoder;

    public SeekingTests()
    {
        FfmpegExecutable real = FfmpegExecutable.Find();
        FfmpegExecutable noting = ScriptedFfmpeg.Create(_programs,
            $"case \"$0\" in *ffprobe) exec '{real.FfprobePath}' \"$@\" ;; *) echo \"$*\" >> '{_programs["calls"]}'; exec '{real.FfmpegPath}' \"$@\" ;; esac");
        _decoder = new FfmpegFrameDecoder(noting);
        _reader = new VideoReader(_decoder);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _programs.Dispose();
    }

    /// <summary>Groups of pictures closed and open, frames out of order, HEVC and VP9, times that begin below 0, at an hour, or behind an edit list.</summary>
    [Theory]
    [InlineData("closed.mp4", "-c:v libx264 -bf 3 -g 40")]
    [InlineData("closed.mkv", "-c:v libx264 -bf 3 -g 40")]
    [InlineData("irregular.mp4", "-c:v libx264 -bf 16 -x264-params b-pyramid=normal:keyint=90:min-keyint=3:scenecut=100")]
    [InlineData("negative.mp4", "-c:v libx264 -bf 3 -g 40 -movflags +negative_cts_offsets -use_editlist 0")]
    [InlineData("below.mp4", "-c:v libx264 -bf 3 -g 40 -output_ts_offset -2 -avoid_negative_ts disabled -movflags +negative_cts_offsets")]
    [InlineData("late.mkv", "-c:v libx264 -bf 3 -g 40 -output_ts_offset 3600")]
    [InlineData("fragments.mp4", "-c:v libx264 -bf 3 -g 40 -movflags frag_keyframe+empty_moov")]
    [InlineData("hevc.mp4", "-c:v libx265 -x265-params log-level=error:open-gop=1:keyint=40:bframes=4")]
    [InlineData("vp9.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -auto-alt-ref 1 -lag-in-frames 12 -g 40 -b:v 200k")]
    public async Task A_jump_gives_the_same_bytes(string name, string encoding)
    {
        string file = Encode(name, encoding);
        VideoInfo video = await _decoder.ProbeAsync(file);

        byte[] whole = await Bytes(video, new FrameRequest(Size));
        int frames = whole.Length / Size.Rgb24Bytes;
        Assert.Equal(name == "below.mp4" ? Frames - 60 : Frames, frames);     // what was to be shown before 0 is cut off by an edit list

        foreach ((int start, int stride, int? count) in new (int, int, int?)[] { (279, 1, 9), (280, 1, 1), (319, 7, 6), (340, 1, null), (351, 4, 99) })
        {
            byte[] jumped = await Bytes(video, new FrameRequest(Size, start, stride, count) { MaySeek = true });

            int expected = Math.Min(count ?? 9999, (frames - start - 1) / stride + 1);
            Assert.Equal(expected * Size.Rgb24Bytes, jumped.Length);
            for (int i = 0; i < expected; i++)
                Assert.True(whole.AsSpan((start + i * stride) * Size.Rgb24Bytes, Size.Rgb24Bytes).SequenceEqual(jumped.AsSpan(i * Size.Rgb24Bytes, Size.Rgb24Bytes)), $"frame {start + i * stride}");
        }

        Assert.Equal(5, Calls().Count(c => c.Contains("-ss ", StringComparison.Ordinal)));
    }

    /// <summary>
    /// H.264 with groups that are open or refreshed bit by bit makes the decoder complain after a jump, rightly or not: then the file is decoded from
    /// its beginning. MPEG-4 in AVI and transport streams are never jumped in.
    /// </summary>
    [Theory]
    [InlineData("open.mp4", "-c:v libx264 -x264-params open-gop=1:bframes=3:keyint=40:min-keyint=40:scenecut=0")]
    [InlineData("refresh.mkv", "-c:v libx264 -x264-params intra-refresh=1:keyint=40")]
    [InlineData("refresh.mp4", "-c:v libx264 -x264-params intra-refresh=1:keyint=40")]
    [InlineData("old.avi", "-c:v mpeg4 -bf 2 -g 40")]
    [InlineData("back.mkv", "-c:v libx264 -bf 0 -g 40 -output_ts_offset -2 -avoid_negative_ts disabled")]                     // times go back by two seconds
    [InlineData("stream.ts", "-c:v libx264 -bf 3 -g 40")]
    [InlineData("vp8.webm", "-c:v libvpx -deadline realtime -cpu-used 8 -auto-alt-ref 1 -lag-in-frames 12 -g 40 -b:v 200k")]
    public async Task Where_a_jump_cannot_be_trusted_the_file_is_decoded_from_its_beginning(string name, string encoding)
    {
        string file = Encode(name, encoding);

        VideoClip whole = await _reader.ReadAsync(file);

        foreach (int start in new[] { 290, 318 })
        {
            VideoClip jumped = await _reader.ReadAsync(file, new() { Frames = FrameSelection.Picked([.. Enumerable.Range(start, 20)], new FrameRate(30), maySeek: true) });

            Assert.True(whole.Rgb24.Span.Slice(start * Size.Rgb24Bytes, 20 * Size.Rgb24Bytes).SequenceEqual(jumped.Rgb24.Span), $"from frame {start}");
        }
    }

    [Fact]
    public async Task A_jump_does_not_look_at_damage_far_away()
    {
        string file = Encode("damaged.mp4", "-c:v libx264 -bf 3 -g 40");
        VideoInfo video = await _decoder.ProbeAsync(file);
        FrameRequest request = new(Size, 300, Count: 30) { MaySeek = true };
        byte[] whole = await Bytes(video, request);
        DamageFirstHalf(file);

        Assert.Equal(whole, await Bytes(await _decoder.ProbeAsync(file), request));
        await Assert.ThrowsAsync<VideoException>(() => Bytes(video, request with { MaySeek = false }));
    }

    [Fact]
    public async Task Early_frames_are_decoded_from_the_beginning_without_asking_for_a_list()
    {
        string file = Encode("early.mp4", "-c:v libx264 -g 10");
        VideoInfo video = await _decoder.ProbeAsync(file);

        byte[] frames = await Bytes(video, new FrameRequest(Size, FrameIndex.WorthwhileFrames - 1, Count: 2) { MaySeek = true });

        Assert.Equal(2 * Size.Rgb24Bytes, frames.Length);
        Assert.DoesNotContain(Calls(), c => c.Contains("-ss ", StringComparison.Ordinal));
    }

    [Theory, InlineData("video.mp4", "-c:v libx264 -bf 3 -g 40"), InlineData("video.mkv", "-c:v libx264 -bf 3 -g 40 -output_ts_offset 7"), InlineData("video.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 200k")]
    public async Task The_list_of_a_container_is_that_of_the_decoder(string name, string encoding)
    {
        VideoInfo video = await _decoder.ProbeAsync(Encode(name, encoding));

        FrameTimes listed = (await _decoder.ReadTimesAsync(video, decode: false))!, decoded = (await _decoder.ReadTimesAsync(video, decode: true))!;

        Assert.Equal(Frames, decoded.Count);
        Assert.True(listed.AreLike(decoded));
        Assert.True(decoded.AreEven(new FrameRate(30)));
    }

    private string Encode(string name, string encoding)
    {
        SyntheticVideo.Run([], ["-f", "lavfi", "-i", string.Create(CultureInfo.InvariantCulture, $"testsrc2=s=64x48:r=30:d={Frames / 30.0},noise=alls=15:allf=t:all_seed=7"), .. encoding.Split(' '), "-pix_fmt", "yuv420p", _folder[name]]);
        return _folder[name];
    }

    private static void DamageFirstHalf(string mp4)
    {
        byte[] bytes = File.ReadAllBytes(mp4);
        int data = bytes.AsSpan().IndexOf("mdat"u8);
        for (int i = data + bytes.Length * 45 / 100; i < data + bytes.Length * 48 / 100; i += 40) bytes[i] ^= 0x5A;
        File.WriteAllBytes(mp4, bytes);
    }

    private string[] Calls() => File.ReadAllLines(_programs["calls"]);

    private async Task<byte[]> Bytes(VideoInfo video, FrameRequest request)
    {
        using MemoryStream bytes = new();
        await foreach (ReadOnlyMemory<byte> frame in _decoder.DecodeAsync(video, request)) bytes.Write(frame.Span);
        return bytes.ToArray();
    }
}
