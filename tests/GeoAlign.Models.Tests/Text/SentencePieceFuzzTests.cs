using System.Diagnostics;

namespace GeoAlign.Models.Tests;

public class SentencePieceFuzzTests
{
    // Reading copies the character map (240 kB) three times: as a field, as units and as replacements. The rest is small.
    private const long MostBytesAllocated = 4_000_000;
    private static readonly TimeSpan LongestTime = TimeSpan.FromMinutes(1);      // a hang, not a busy machine

    private static readonly string[] Texts = ["a dog walks on the street 🐻 ＡＢＣ ﬁne ① ㎏ 静止画面", "\u2581\u0301\0\uFFFD  ﷺ", ""];

    [Fact]
    public void Mutated_files_are_refused_or_give_a_working_tokenizer() => Run(20_000, seed: 1);

    /// <summary>Reads mutated files; the result says how many were accepted.</summary>
    internal static int Run(int files, int seed)
    {
        byte[] sample = File.ReadAllBytes(Repository.Fixture("models", "tokenizer_sample.model"));
        byte[] small = SentencePieceBytes.Of(
            [.. SentencePieceBytes.Marks, ("a", -1, PieceKind.Normal), ("▁ab", -2, PieceKind.Normal), ("bc", -1, PieceKind.UserDefined)],
            normaliser: [(3, true), (4, true)]);
        int accepted = 0;
        Random random = new(seed);
        for (int i = 0; i < files; i++)
        {
            byte[] file = random.Next(4) == 0 ? sample : small;
            for (int n = random.Next(1, 4); n > 0; n--) file = Mutate(file, random);

            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            try
            {
                SentencePieceTokenizer tokenizer = SentencePieceTokenizer.Parse("fuzz", file);
                foreach (string text in Texts) Assert.All(tokenizer.Encode(text), id => Assert.InRange(id, 0, tokenizer.PieceCount - 1));
                accepted++;
            }
            catch (TokenizerFormatException e)
            {
                Assert.StartsWith("fuzz: ", e.Message, StringComparison.Ordinal);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytesAllocated, $"file {i}: {allocated} bytes allocated");
            Assert.True(Stopwatch.GetElapsedTime(start) < LongestTime, $"file {i}: {Stopwatch.GetElapsedTime(start)}");
        }

        bool mixed = accepted > files / 20 && accepted < files - files / 20;
        Assert.True(mixed, $"{accepted} of {files} accepted: the mutations test nothing");
        return accepted;
    }

    private static byte[] Mutate(byte[] file, Random random)
    {
        if (file.Length < 2) return [1, 2, 3];
        // Half of the places in the first kilobytes, where the pieces are; the character map is most of the rest.
        int at = random.Next(random.Next(2) == 0 ? file.Length : Math.Min(file.Length, 6000));
        int length = random.Next(1, 1 + Math.Min(40, file.Length - at));
        byte[] copy = [.. file];
        switch (random.Next(7))
        {
            case 0: copy[at] ^= (byte)(1 << random.Next(8)); return copy;
            case 1: copy[at] = (byte)random.Next(256); return copy;
            case 2: copy.AsSpan(at, length).Fill((byte)(random.Next(2) * 255)); return copy;
            case 3: return [.. file[..at], .. file[(at + length)..]];
            case 4: return [.. file[..at], .. file.AsSpan(at, length), .. file[at..]];
            case 5: return file[..at];
            default:
                int other = random.Next(file.Length);
                file.AsSpan(at, Math.Min(length, file.Length - other)).CopyTo(copy.AsSpan(other));
                return copy;
        }
    }
}
