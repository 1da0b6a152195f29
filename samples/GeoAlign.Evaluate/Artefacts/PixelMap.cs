namespace GeoAlign.Evaluate;

/// <summary>A number for every pixel of a picture, row by row from the top.</summary>
/// <param name="Values">Width × height numbers.</param>
/// <param name="WidthPixels">Pixels per row.</param>
/// <param name="HeightPixels">Rows.</param>
internal sealed record PixelMap(float[] Values, int WidthPixels, int HeightPixels)
{
    /// <summary>The picture at another size: every pixel takes the number of the pixel that its centre lies in. Depths of two surfaces are never mixed.</summary>
    public float[] Nearest(int widthPixels, int heightPixels)
    {
        if (widthPixels == WidthPixels && heightPixels == HeightPixels) return Values;
        float[] resized = new float[checked(widthPixels * heightPixels)];
        for (int y = 0; y < heightPixels; y++)
        {
            int row = (int)((2L * y + 1) * HeightPixels / (2L * heightPixels)) * WidthPixels;
            for (int x = 0; x < widthPixels; x++) resized[y * widthPixels + x] = Values[row + (int)((2L * x + 1) * WidthPixels / (2L * widthPixels))];
        }

        return resized;
    }
}
