using System.Globalization;
using System.Text;

namespace GeoAlign.Models.Tests;

public class SafetensorsHeaderFuzzTests
{
    private const int Headers = 20_000;
    private const long MostBytesAllocated = 2_000_000;       // a header of a few kilobytes must not make the parser allocate more

    private static readonly string[] Splices =
    [
        "0", "-1", "1e9", "9223372036854775807", "9223372036854775808", "18446744073709551616", "null", "true", "\"\"", "[]", "{}",
        "[[[[[[[[", "{\"a\":", ",", ":", "\"", "\\", "\\ud800", "\"dtype\":", "\"shape\":", "\"data_offsets\":",
            "\"__metadata__\":{\"k\":\"v\"},",
        "F32", "I64", " ", "\0", "\u00ff",
    ];

    [Fact]
    public void Mutated_headers_are_accepted_or_refused_but_never_break_the_parser()
    {
        int accepted = 0, refused = 0;
        Random random = new(20_000);
        for (int i = 0; i < Headers; i++)
        {
            (byte[] header, long dataLength) = ValidHeader(random);
            for (int n = random.Next(4); n > 0; n--) header = Mutate(header, random);
            if (random.Next(10) == 0) dataLength = random.Next(3) == 0 ? long.MaxValue : random.Next(100);

            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                SafetensorsHeader parsed = SafetensorsHeader.Parse("fuzz", header, dataLength);
                accepted++;
                Assert.Equal(dataLength, parsed.Entries.Values.Sum(entry => entry.ByteLength));
            }
            catch (WeightFormatException)
            {
                refused++;
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostBytesAllocated, $"header {i}: {allocated} bytes allocated for {Encoding.Latin1.GetString(header)}");
        }

        bool mixed = accepted > Headers / 20 && refused > Headers / 2;
        Assert.True(mixed, $"{accepted} accepted, {refused} refused: the mutations test nothing");
    }

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("fuzz.safetensors");
        Random random = new(7);
        for (int i = 0; i < 500; i++)
        {
            (byte[] header, long dataLength) = ValidHeader(random);
            byte[] file = SafetensorsBytes.Of(Encoding.UTF8.GetString(header), (int)dataLength);
            for (int n = random.Next(3); n > 0; n--) file = Mutate(file, random);
            File.WriteAllBytes(path, file);

            try
            {
                using SafetensorsFile source = SafetensorsFile.Open(path);
                foreach (WeightEntry entry in source.Entries.Values) source.ReadBytes(entry.Name, 0, new byte[entry.ByteLength]);
            }
            catch (WeightFormatException e)
            {
                Assert.Equal(path, e.Path);
            }
        }
    }

    private static (byte[] Header, long DataLength) ValidHeader(Random random)
    {
        StringBuilder json = new("{");
        if (random.Next(2) == 0) json.Append("\"__metadata__\":{\"format\":\"pt\"},");
        long offset = 0;
        int tensors = 1 + random.Next(6);
        for (int t = 0; t < tensors; t++)
        {
            long[] shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(5))];
            WeightType type = (WeightType)random.Next(10);
            long end = offset + shape.Aggregate((long)type.SizeInBytes(), (product, size) => product * size);
            json.Append(CultureInfo.InvariantCulture,
                $"{(t > 0 ? "," : "")}\"blocks.{t}.weight\":{{\"dtype\":\"{type.SafetensorsCode()}\",");
            json.Append(CultureInfo.InvariantCulture, $"\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        return (Encoding.UTF8.GetBytes(json.Append('}').ToString()), offset);
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        int at = random.Next(bytes.Length);
        int length = random.Next(1, 1 + Math.Min(30, bytes.Length - at));
        switch (random.Next(6))
        {
            case 0:
                byte[] flipped = [.. bytes];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..], 32];
            case 2:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. Encoding.Latin1.GetBytes(Splices[random.Next(Splices.Length)]), .. bytes[at..]];
            case 4:
                byte[] digits = [.. bytes];
                for (int i = at; i < digits.Length && i < at + 200; i++)
                {
                    if (digits[i] is >= (byte)'0' and <= (byte)'9')
                    {
                        digits[i] = (byte)('0' + random.Next(10));
                        break;
                    }
                }

                return digits;
            default:
                int other = random.Next(bytes.Length);
                byte[] copied = [.. bytes];
                bytes.AsSpan(at, Math.Min(length, bytes.Length - other)).CopyTo(copied.AsSpan(other));
                return copied;
        }
    }
}
