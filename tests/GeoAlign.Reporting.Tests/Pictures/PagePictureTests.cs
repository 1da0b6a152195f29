using GeoAlign.Reporting.Tests.Browser;

namespace GeoAlign.Reporting.Tests.Pictures;

public class PagePictureTests
{
    [ChromiumFact]
    public async Task A_picture_has_the_size_that_was_asked_for()
    {
        string folder = Directory.CreateTempSubdirectory("geoalign-picture-").FullName, page = Path.Combine(folder, "a page#1.html"), picture = Path.Combine(folder, "page.png");
        try
        {
            await new Report { Title = "A picture of this", Sections = [new("s", new Text("t"))] }.WriteAsync(page);

            await PagePicture.CaptureAsync(page, picture, 640, 400);

            byte[] png = await File.ReadAllBytesAsync(picture);
            Assert.Equal([0, 0, 640 >> 8, 640 & 255, 0, 0, 400 >> 8, 400 & 255], png[16..24]);
            Assert.Equal(2, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_an_error() =>
        await Assert.ThrowsAsync<FileNotFoundException>(() => PagePicture.CaptureAsync("/no/such/page.html", "picture.png", 100, 100));
}
