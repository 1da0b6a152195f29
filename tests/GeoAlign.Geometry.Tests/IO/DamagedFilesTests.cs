using System.IO.Compression;

namespace GeoAlign.Geometry.Tests.IO;

/// <summary>200,000 damaged files: each is read or refused by a TrajectoryFormatException, and none takes 64 MB.</summary>
public class DamagedFilesTests
{
    private const long MostAllocatedBytes = 64 << 20;

    /// <summary>Format, number of damaged files. The counts add up to 200,000.</summary>
    public static TheoryData<string, int> Formats => new()
    {
        { "tum", 20_000 }, { "kitti", 15_000 }, { "realestate10k", 20_000 }, { "citywalker", 10_000 }, { "recammaster", 25_000 },
        { "omniworld", 20_000 }, { "colmap text", 20_000 }, { "colmap binary", 20_000 }, { "nerfstudio", 20_000 },
        { "vipe", 15_000 }, { "npy", 15_000 },
    };

    [Theory, MemberData(nameof(Formats))]
    public void Damaged_files_are_read_or_refused(string format, int count)
    {
        (byte[][] samples, Action<Random, byte[]> read) = Subject(format);

        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            Random random = new(i);
            byte[] damaged = FileMutation.Of(random, samples[random.Next(samples.Length)], samples[random.Next(samples.Length)]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read(random, damaged);
            }
            catch (TrajectoryFormatException refusal)
            {
                Assert.StartsWith(refusal.Path, refusal.Message, StringComparison.Ordinal);
                refused++;
            }
            catch (Exception unexpected)
            {
                Assert.Fail($"{format}, file {i}: {unexpected}\n{Convert.ToBase64String(damaged)}");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated <= MostAllocatedBytes, $"{format}, file {i}: {allocated} bytes allocated for a file of {damaged.Length}");
        }

        Assert.InRange(refused, count / 100, count - count / 100);                  // both ends of the reader were reached
    }

    [Fact]
    public void The_formats_share_two_hundred_thousand_files() => Assert.Equal(200_000, Formats.Sum(row => (int)row[1]));

    private static readonly byte[][] ColmapTextFiles = Samples("colmap", "valid/cameras.txt", "valid/images.txt");
    private static readonly byte[][] ColmapBinaryFiles = CreateColmapBinaryFiles();
    private static readonly byte[] OmniWorldCameras = Samples("omniworld", "b0000000000a/camera/split_0.json")[0];
    private static readonly byte[] VipePoses = Samples("vipe", "valid/pose/clip.npz")[0];

    private static (byte[][] Samples, Action<Random, byte[]> Read) Subject(string format) => format switch
    {
        "tum" => (Samples("tum", "valid.txt", "valid_bom.txt", "valid_unnormalised_quat.txt"), Detected((_, file) => TumFormat.Parse(file, "x"))),
        "kitti" => (Samples("kitti", "valid.txt"), Detected((_, file) => KittiFormat.Parse(file, "x"))),
        "realestate10k" => (Samples("realestate10k", "valid.txt", "valid_crlf_trailing_space.txt"), Detected((_, file) => RealEstate10KFormat.Parse(file, "x"))),
        "citywalker" => (Samples("citywalker", "valid_pose.txt", "valid_with_nan_tail.txt"), (_, file) => CityWalkerFormat.Parse(file, "x", dropNaNTail: true)),
        "recammaster" => (Samples("recammaster", "valid.json", "valid_minus_zero_exponent_and_3col_rows.json"), Detected(ReadReCamMaster)),
        "omniworld" => (Samples("omniworld", "b0000000000a/split_info.json", "b0000000000a/camera/split_0.json", "valid_unnormalised_quats_list_cxcy/camera/split_0.json"), Detected(ReadOmniWorld)),
        "colmap text" => (ColmapTextFiles, ReadColmapText),
        "colmap binary" => (ColmapBinaryFiles, ReadColmapBinary),
        "nerfstudio" => (Samples("nerfstudio", "valid_3x4_matrix_in_frame1.json", "valid_applied_transform.json", "valid_camera_angle_x.json", "valid_per_frame_intrinsics.json"),
            Detected((random, file) => NerfstudioFormat.Parse(file, "x", undoAppliedTransform: random.Next(2) == 0))),
        "vipe" => (Samples("vipe", "valid_compressed_f64.npz", "valid_fortran_order.npz", "valid/pose/clip.npz", "valid/intrinsics/clip.npz"), Detected(ReadVipe)),
        "npy" => (CreateNpyFiles(), ReadNpy),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown format."),
    };

    /// <summary>One file in eight also goes through the detection of its format.</summary>
    private static Action<Random, byte[]> Detected(Action<Random, byte[]> read) => (random, file) =>
    {
        if (random.Next(8) == 0) TrajectoryFile.Detect(file, "x");
        read(random, file);
    };

    private static void ReadReCamMaster(Random random, byte[] file)
    {
        ReCamMasterCameras cameras = ReCamMasterCameras.Parse(file, "x");
        foreach (string id in cameras.CameraIds) Assert.Equal(cameras.FrameCount, cameras.Trajectory(id).Count);
        Assert.Equal(12 * cameras.FrameCount, cameras.PrintedMatrices3x4(cameras.CameraIds[0], cameras.CameraIds[^1]).Length);
    }

    private static void ReadOmniWorld(Random random, byte[] file)
    {
        if (file.AsSpan().IndexOf("split"u8) >= 0)
        {
            IReadOnlyList<long[]> splits = OmniWorldFormat.ParseSplits(file, "x");
            OmniWorldFormat.ParseCameras(OmniWorldCameras, "y", splits[random.Next(splits.Count)], 24);
        }
        else
        {
            OmniWorldFormat.ParseCameras(file, "x", [0, 1, 2, 3, 4]);
        }
    }

    private static void ReadColmapText(Random random, byte[] file)
    {
        if (random.Next(2) == 0) ColmapModel.ParseText(file, "x", ColmapTextFiles[1], "y").ToTrajectory(ColmapOrder.Name);
        else ColmapModel.ParseText(ColmapTextFiles[0], "x", file, "y").ToTrajectory();
    }

    private static void ReadColmapBinary(Random random, byte[] file)
    {
        if (random.Next(2) == 0) ColmapModel.ParseBinary(file, "x", ColmapBinaryFiles[1], "y").ToTrajectory();
        else ColmapModel.ParseBinary(ColmapBinaryFiles[0], "x", file, "y").ToTrajectory();
    }

    private static void ReadVipe(Random random, byte[] file)
    {
        if (random.Next(4) == 0) NumpyFormat.Parse(file, "x");
        else if (random.Next(2) == 0) VipeFormat.Parse(file, "x");
        else VipeFormat.Parse(VipePoses, "x", file, "y");
    }

    /// <summary>Damaged arrays, alone and inside a sound archive.</summary>
    private static void ReadNpy(Random random, byte[] file)
    {
        if (random.Next(4) > 0)
        {
            NumpyFormat.Parse(file, "x", worldToCamera: true);
            return;
        }

        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream member = zip.CreateEntry("data.npy", CompressionLevel.Fastest).Open();
            member.Write(file);
        }

        NumpyFormat.Parse(stream.ToArray(), "x");
    }

    private static byte[][] Samples(string format, params string[] files) =>
        [.. files.Select(file => File.ReadAllBytes(FormatFixture.Path([format, .. file.Split('/')])))];

    private static byte[][] CreateColmapBinaryFiles()
    {
        using ScratchFolder folder = new();
        ColmapModel.ParseText(ColmapTextFiles[0], "x", ColmapTextFiles[1], "y").WriteBinary(folder["model"]);
        return [File.ReadAllBytes(folder["model/cameras.bin"]), File.ReadAllBytes(folder["model/images.bin"])];
    }

    private static byte[][] CreateNpyFiles()
    {
        NpzArchive archive = NpzArchive.Parse(VipePoses, "x");
        return [.. new[] { archive["data"], archive["inds"] }.Select(array =>
        {
            using MemoryStream stream = new();
            array.Write(stream);
            return stream.ToArray();
        })];
    }
}
