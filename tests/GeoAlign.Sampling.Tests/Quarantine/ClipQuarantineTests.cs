namespace GeoAlign.Sampling.Tests.Quarantine;

public sealed class ClipQuarantineTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_are_written_at_once_and_read_back()
    {
        QuarantineEntry first = new("a.mp4", new string('a', 64), VideoProblem.Damaged, "cut\noff", Day), second = new("b.mp4", new string('b', 64), VideoProblem.Empty, "0 bytes", Day);
        ClipQuarantine quarantine = ClipQuarantine.Open(_folder["deep/list.jsonl"], Day);
        quarantine.Add(first);
        quarantine.Add(first with { Path = "copy.mp4" });                      // the same content once
        quarantine.Add(second);

        ClipQuarantine back = ClipQuarantine.Open(_folder["deep/list.jsonl"], Day.AddDays(1));

        Assert.Equal([first, second], back.Entries);
        Assert.Equal(second, back.Find(new string('b', 64)));
        Assert.Null(back.Find(new string('c', 64)));
        Assert.Equal("""{"path":"a.mp4","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","kind":"Damaged","reason":"cut\noff","date":"2026-11-22"}""", File.ReadLines(_folder["deep/list.jsonl"]).First());
    }

    [Fact]
    public async Task Several_lists_on_one_file_lose_no_line()
    {
        QuarantineEntry[] entries = [.. Enumerable.Range(0, 40).Select(i => new QuarantineEntry($"{i}.mp4", $"{i:x64}", VideoProblem.Damaged, "cut off", Day))];
        ClipQuarantine[] ranks = [.. Enumerable.Range(0, 4).Select(_ => ClipQuarantine.Open(_folder["list.jsonl"], Day))];

        await Parallel.ForEachAsync(entries.Index(), (e, _) =>
        {
            ranks[e.Index % 4].Add(e.Item);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(entries.Select(e => e.Sha256).Order(), ClipQuarantine.Open(_folder["list.jsonl"], Day).Entries.Select(e => e.Sha256).Order());
    }

    [Theory, InlineData("{\"path\":\"a\"}", 1), InlineData("\n{]", 2), InlineData("null", 1)]
    public void A_malformed_list_is_refused_by_line(string text, int line)
    {
        File.WriteAllText(_folder["list.jsonl"], text);

        Assert.Equal(line, Assert.Throws<DataFormatException>(() => ClipQuarantine.Open(_folder["list.jsonl"], Day)).Line);
    }
}
