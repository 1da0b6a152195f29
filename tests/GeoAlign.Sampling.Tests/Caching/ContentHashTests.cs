using System.Security.Cryptography;

namespace GeoAlign.Sampling.Tests.Caching;

public sealed class ContentHashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_its_bytes_and_a_change_is_seen()
    {
        ContentHash hash = new();
        File.WriteAllText(_folder["a.bin"], "one");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("one"u8)), await hash.OfAsync(_folder["a.bin"]));

        File.WriteAllText(_folder["a.bin"], "three");

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("three"u8)), await hash.OfAsync(_folder["a.bin"]));
    }

    [Fact]
    public async Task A_folder_is_the_names_and_bytes_of_its_frames_wherever_it_lies()
    {
        string first = await Folder("x", ("0.png", "a"), ("1.png", "b"), ("notes.txt", "1"));

        Assert.Equal(first, await Folder("y", ("1.png", "b"), ("0.png", "a"), ("notes.txt", "2")));
        Assert.NotEqual(first, await Folder("z", ("0.png", "b"), ("1.png", "a")));
        Assert.NotEqual(first, await Folder("v", ("0.png", "a"), ("2.png", "b")));
        Assert.NotEqual(first, await Folder("w", ("0.png", "ab"), ("1.png", "")));
    }

    [Fact]
    public async Task A_link_stands_for_what_it_points_to()
    {
        ContentHash hash = new();
        File.WriteAllText(_folder["a.bin"], "one");
        File.CreateSymbolicLink(_folder["link.bin"], _folder["a.bin"]);
        Assert.Equal(await hash.OfAsync(_folder["a.bin"]), await hash.OfAsync(_folder["link.bin"]));

        File.WriteAllText(_folder["a.bin"], "three");

        Assert.Equal(await hash.OfAsync(_folder["a.bin"]), await hash.OfAsync(_folder["link.bin"]));
        string folder = await Folder("x", ("0.png", "a"), ("1.png", "bb"));
        Directory.CreateDirectory(_folder["linked"]);
        foreach (string name in new[] { "0.png", "1.png" }) File.CreateSymbolicLink(_folder[$"linked/{name}"], _folder[$"x/{name}"]);
        Assert.Equal(folder, await hash.OfAsync(_folder["linked"]));
    }

    private async Task<string> Folder(string name, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(_folder[name]);
        foreach ((string file, string text) in files) File.WriteAllText(_folder[$"{name}/{file}"], text);
        return await new ContentHash().OfAsync(_folder[name]);
    }
}
