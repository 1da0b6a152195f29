using System.Globalization;
using System.Text;

namespace GeoAlign.Models.Tests;

public class SafetensorsHeaderFuzzTests
{
    private const int Headers = 20_000;
    private const long MostBytesAllocated = 2_000_000;       // a header of a few kilobytes must not make the parser allocate more

    [Fact]
    public void Mutated_headers_are_accepted_or_refused_but_never_break_the_parser()
    {
        int accepted = 0, refused = 0;
        Random random = new(20_000);
        for (int i = 0; i < Headers; i++)
        {
            (byte[] header, long dataLength) = ValidHeader(random);
            for (int n = random.Next(4); n > 0; n--) header = Mutation.Apply(header, random, Mutation.JsonPieces);
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

    internal static (byte[] Header, long DataLength) ValidHeader(Random random)
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
}
