using TorchSharp.Interop;

namespace GeoAlign.TorchSharp.System.Tests.Interop;

public class NativeLibraryLoaderTests
{
    [Fact]
    public void Missing_library_is_named_with_what_to_do()
    {
        DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLoader.Load(["/nowhere/libGeoAlignTorch.so", "libGeoAlignTorchThatIsNotThere.so"]));

        Assert.Contains("libGeoAlignTorch", error.Message, StringComparison.Ordinal);
        Assert.Contains("./setup.sh", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/libGeoAlignTorch.so does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_is_no_library_is_named()
    {
        string file = Path.GetTempFileName();
        try
        {
            DllNotFoundException error = Assert.Throws<DllNotFoundException>(() => NativeLibraryLoader.Load([file]));

            Assert.Contains(file, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Environment_variable_is_the_only_candidate_when_set() =>
        Assert.Equal(["/opt/lib.so"], NativeLibraryLoader.Candidates("/opt/lib.so"));

    [Fact]
    public void Library_beside_the_assembly_comes_before_the_search_path()
    {
        IReadOnlyList<string> candidates = NativeLibraryLoader.Candidates(null);

        Assert.EndsWith(Path.Combine("native", "libGeoAlignTorch.so"), candidates[0], StringComparison.Ordinal);
        Assert.StartsWith(AppContext.BaseDirectory.TrimEnd('/'), candidates[0], StringComparison.Ordinal);
        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "libGeoAlignTorch.so"), candidates[1]);
        Assert.Equal("libGeoAlignTorch.so", candidates[2]);
    }
}
