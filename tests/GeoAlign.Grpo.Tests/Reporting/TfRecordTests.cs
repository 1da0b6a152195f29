namespace GeoAlign.Grpo.Tests;

public class TfRecordTests
{
    // RFC 3720, B.4, and the check value of the CRC catalogues.
    [Theory]
    [InlineData("313233343536373839", 0xE3069283)]
    [InlineData("", 0)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AA)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794E)]
    public void Crc32C_gives_the_published_values(string hex, uint expected) => Assert.Equal(expected, TfRecord.Crc32C(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(0u, 0xA282EAD8u)]
    [InlineData(0x8000u, 0xA282EAD9u)]
    [InlineData(1u, 0xA284EAD8u)]
    [InlineData(0xFFFFFFFFu, 0xA282EAD7u)]
    public void The_mask_rotates_by_fifteen_and_adds(uint crc, uint expected) => Assert.Equal(expected, TfRecord.Masked(crc));

    [Fact]
    public void A_frame_is_length_checksum_data_checksum()
    {
        byte[] record = TfRecord.Frame([1, 2, 3]);

        Assert.Equal([3, 0, 0, 0, 0, 0, 0, 0], record[..8]);
        Assert.Equal(TfRecord.Masked(TfRecord.Crc32C(record.AsSpan(0, 8))), BitConverter.ToUInt32(record, 8));
        Assert.Equal([1, 2, 3], record[12..15]);
        Assert.Equal(TfRecord.Masked(TfRecord.Crc32C([1, 2, 3])), BitConverter.ToUInt32(record, 15));
        Assert.Equal(19, record.Length);
    }
}
