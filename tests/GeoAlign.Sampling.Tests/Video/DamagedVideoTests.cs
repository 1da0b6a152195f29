namespace GeoAlign.Sampling.Tests.Video;

/// <summary>Files as they lie around: each is named with what is wrong with it.</summary>
public sealed class DamagedVideoTests : IDisposable
{
    private static readonly FrameSize Size = new(64, 48);

    private readonly TemporaryFolder _folder = new();
    private readonly VideoReader _reader = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Flipped_bits_are_found()
    {
        string file = Mp4("whole.mp4");
        byte[] bytes = File.ReadAllBytes(file);
        int data = bytes.AsSpan().IndexOf("mdat"u8);
        int end = data - 4 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(data - 4));
        for (int i = data + (end - data) / 4; i < end; i += 40) bytes[i] ^= 0x5A;       // pictures only: the header stays whole
        File.WriteAllBytes(_folder["flipped.mp4"], bytes);

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.CountFramesAsync(_folder["flipped.mp4"]));

        Assert.Equal(VideoProblem.Damaged, error.Kind);
        Assert.StartsWith(_folder["flipped.mp4"] + ": is damaged or cut off: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_cut_off_without_bytes_or_of_text_are_told_apart()
    {
        string cut = SyntheticVideo.CutOff(Mp4("whole.mp4"), _folder["cut.mp4"], 0.5);
        File.WriteAllText(_folder["empty.mp4"], "");
        File.WriteAllText(_folder["text.mp4"], "this is no video");
        Directory.CreateDirectory(_folder["nothing"]);

        Assert.Equal(VideoProblem.NotAVideo, (await Refusal(cut)).Kind);      // the header of this kind of file stands at its end
        Assert.Equal($"{_folder["empty.mp4"]}: is empty (0 bytes); copy or download it again.", (await Refusal(_folder["empty.mp4"])).Message);
        Assert.Equal(VideoProblem.Empty, (await Refusal(_folder["empty.mp4"])).Kind);
        Assert.Equal(VideoProblem.NotAVideo, (await Refusal(_folder["text.mp4"])).Kind);
        Assert.Equal(VideoProblem.Missing, (await Refusal(_folder["absent.mp4"])).Kind);
        Assert.Equal(VideoProblem.Empty, (await Refusal(_folder["nothing"])).Kind);
    }

    [Fact]
    public async Task Sound_alone_is_no_video_even_with_a_cover_picture()
    {
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "sine=duration=0.2", _folder["sound.mp4"]);
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1", _folder["cover.png"]);
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "sine=duration=0.2", "-i", _folder["cover.png"], "-map", "0:a", "-map", "1:v", "-c:v", "png", "-disposition:v:0", "attached_pic", _folder["song.m4a"]);

        Assert.Equal(VideoProblem.NoVideoStream, (await Refusal(_folder["sound.mp4"])).Kind);
        Assert.Equal(VideoProblem.NoVideoStream, (await Refusal(_folder["song.m4a"])).Kind);
    }

    [Fact]
    public async Task The_content_counts_not_the_name()
    {
        File.Copy(SyntheticVideo.Lossless(_folder["video.mkv"], SyntheticVideo.Counting(Size, 6), Size), _folder["video.txt"]);
        File.Copy(_folder["video.mkv"], _folder["0.png"]);

        Assert.Equal(6, await _reader.CountFramesAsync(_folder["video.txt"]));
        VideoException error = await Refusal(_folder.Path);                   // as a folder of frames
        Assert.Equal(VideoProblem.Damaged, error.Kind);
        Assert.StartsWith(_folder["0.png"] + ": is no PNG or JPEG picture", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A privileged user may read everything, so for one there is nothing to refuse.</summary>
    [Fact]
    public async Task A_file_that_may_not_be_read_is_named()
    {
        string file = SyntheticVideo.Lossless(_folder["video.mkv"], SyntheticVideo.Counting(Size, 3), Size);
        using (System.Diagnostics.Process mode = System.Diagnostics.Process.Start("chmod", ["000", file])) mode.WaitForExit();

        if (Environment.IsPrivilegedProcess)
        {
            Assert.Equal(3, await _reader.CountFramesAsync(file));
            return;
        }

        VideoException error = await Refusal(file);
        Assert.Equal((VideoProblem.NoPermission, false), (error.Kind, error.IsContentProblem));
        Assert.Equal(file + ": may not be read by this user; change its permissions.", error.Message);
    }

    [Fact]
    public async Task A_decoder_that_was_killed_says_nothing_about_the_video()
    {
        using TemporaryFolder programs = new();
        VideoReader reader = new(new FfmpegFrameDecoder(ScriptedFfmpeg.Create(programs, "case \"$*\" in *rawvideo*) kill -9 $$ ;; *) echo '{\"streams\":[{\"width\":64,\"height\":48,\"avg_frame_rate\":\"16/1\"}]}' ;; esac")));
        File.WriteAllText(_folder["video.mp4"], "x");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => reader.CountFramesAsync(_folder["video.mp4"]));

        Assert.False(error.IsContentProblem);
        Assert.Contains("ffmpeg was killed after 0 frames", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ffmpeg", "Error while opening decoder for input stream #0:0 : Cannot allocate memory")]
    [InlineData("ffprobe", "pthread_create failed: Resource temporarily unavailable")]
    public async Task A_lack_of_memory_or_threads_says_nothing_about_the_video(string program, string words)
    {
        using TemporaryFolder programs = new();
        VideoReader reader = new(new FfmpegFrameDecoder(ScriptedFfmpeg.Create(programs, $"case \"$0\" in */{program}) echo '{words}' >&2; exit 1 ;; *) echo '{{\"streams\":[{{\"width\":64,\"height\":48,\"avg_frame_rate\":\"16/1\"}}]}}' ;; esac")));
        File.WriteAllText(_folder["video.mp4"], "x");

        VideoException error = await Assert.ThrowsAsync<VideoException>(() => reader.CountFramesAsync(_folder["video.mp4"]));

        Assert.False(error.IsContentProblem);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("says nothing about the video", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Their own bytes say nothing of the pictures, so that no hash would notice when these change.</summary>
    [Theory]
    [InlineData("ffconcat version 1.0\nfile video.mkv\n", "concat"), InlineData("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:3,\nvideo.ts\n#EXT-X-ENDLIST\n", "hls")]
    public async Task Lists_of_other_files_are_no_videos(string text, string kind)
    {
        SyntheticVideo.Lossless(_folder["video.mkv"], SyntheticVideo.Counting(Size, 3), Size);
        SyntheticVideo.Run([], "-i", _folder["video.mkv"], "-c:v", "libx264", "-pix_fmt", "yuv420p", _folder["video.ts"]);
        File.WriteAllText(_folder["list.mp4"], text);

        VideoException error = await Refusal(_folder["list.mp4"]);

        Assert.Equal(VideoProblem.NotAVideo, error.Kind);
        Assert.Contains($"is a list of other files ({kind})", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The header of an animated WebP in front of one plain picture: what ffmpeg makes of a real one, too, is its first picture.</summary>
    [Fact]
    public async Task An_animated_webp_is_not_taken_for_its_first_picture()
    {
        SyntheticVideo.Run([], "-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1", "-c:v", "libwebp", _folder["plain.webp"]);
        byte[] plain = File.ReadAllBytes(_folder["plain.webp"]);
        byte[] file = [.. plain[..12], .. "VP8X"u8, 10, 0, 0, 0, 2, 0, 0, 0, 31, 0, 0, 31, 0, 0, .. plain[12..]];
        BitConverter.TryWriteBytes(file.AsSpan(4), file.Length - 8);
        File.WriteAllBytes(_folder["animated.webp"], file);

        VideoException error = await Refusal(_folder["animated.webp"]);

        Assert.Equal(VideoProblem.Unsupported, error.Kind);
        Assert.Contains("is an animated WebP", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await _reader.ReadAsync(_folder["plain.webp"])).FrameCount);
    }

    [Fact]
    public async Task A_change_of_size_inside_a_file_does_not_count_frames_anew()
    {
        foreach ((string name, int width) in new[] { ("first", 64), ("second", 96) })
            SyntheticVideo.Run(SyntheticVideo.Counting(new(width, 48), 10), "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{width}x48", "-r", "10", "-i", "pipe:0", "-c:v", "libx264", "-bf", "0", "-qp", "0", "-pix_fmt", "yuv444p", _folder[name + ".h264"]);
        File.WriteAllBytes(_folder["both.h264"], [.. File.ReadAllBytes(_folder["first.h264"]), .. File.ReadAllBytes(_folder["second.h264"])]);

        VideoClip clip = await _reader.ReadAsync(_folder["both.h264"], new() { Frames = FrameSelection.Exactly(6, start: 7) });

        Assert.Equal([70, 80, 90, 0, 10, 20], Enumerable.Range(0, 6).Select(i => (int)clip.Frame(i).Span[0]), (a, b) => Math.Abs(a - b) <= 1);
    }

    [Theory, InlineData(63, 47), InlineData(1, 1), InlineData(2, 31)]
    public async Task Odd_sizes_are_read_exactly(int width, int height)
    {
        FrameSize odd = new(width, height);
        byte[] pixels = SyntheticVideo.Noise(odd, 3);
        SyntheticVideo.Run(pixels, "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{width}x{height}", "-r", "30000/1001", "-i", "pipe:0", "-c:v", "ffv1", "-pix_fmt", "bgr0", _folder["odd.mkv"]);

        VideoClip clip = await _reader.ReadAsync(_folder["odd.mkv"]);

        Assert.Equal((odd, 3, new FrameRate(30000, 1001)), (clip.Size, clip.FrameCount, clip.FrameRate));
        Assert.True(clip.Rgb24.Span.SequenceEqual(pixels));
    }

    [Fact]
    public async Task A_lower_rate_takes_the_nearest_frames_of_a_file()
    {
        string file = SyntheticVideo.Lossless(_folder["video.mkv"], SyntheticVideo.Counting(Size, 20), Size, "24");

        VideoClip clip = await _reader.ReadAsync(file, new() { Frames = FrameSelection.AtRate(5, new FrameRate(10), start: 1) });     // 0, 2.4, 4.8, 7.2, 9.6

        Assert.Equal(new[] { 1, 3, 6, 8, 11 }.Select(i => 10 * i), Enumerable.Range(0, 5).Select(i => (int)clip.Frame(i).Span[0]));
        Assert.Equal(new FrameRate(10), clip.FrameRate);
        VideoException error = await Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(file, new() { Frames = FrameSelection.AtRate(9, new FrameRate(10), start: 1) }));
        Assert.Equal(VideoProblem.TooShort, error.Kind);
        Assert.Contains("at 10 frames per second, 9 needed", error.Message, StringComparison.Ordinal);
    }

    private string Mp4(string name)
    {
        SyntheticVideo.Run(SyntheticVideo.Noise(Size, 30), "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "64x48", "-r", "16", "-i", "pipe:0", "-c:v", "libx264", "-g", "5", "-pix_fmt", "yuv420p", _folder[name]);
        return _folder[name];
    }

    private Task<VideoException> Refusal(string path) => Assert.ThrowsAsync<VideoException>(() => _reader.ReadAsync(path, new() { FolderFrameRate = new FrameRate(8) }));
}
