namespace GeoAlign.Miniature;

internal static class Program
{
    private static int Main() => 0;
}
