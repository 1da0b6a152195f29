namespace GeoAlign.Geometry;

/// <summary>An unevaluated sum of two doubles, some 32 digits, for residuals whose terms cancel.</summary>
/// <remarks>Knuth's sum and Dekker's product with a fused multiply-add: Ogita, Rump, Oishi, "Accurate sum and dot product", 2005.</remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>The sum, rounded once.</summary>
    public double Rounded => High + Low;

    /// <summary>a + b without rounding.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b;
        double bPart = sum - a;
        return new(sum, a - (sum - bPart) + (b - bPart));
    }

    /// <summary>a·b without rounding.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        double product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }

    /// <summary>Sum to about 32 digits.</summary>
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High);
        return new(high.High, high.Low + (a.Low + b.Low));
    }

    /// <summary>Product to about 32 digits.</summary>
    public static DoubleDouble operator *(DoubleDouble a, double b)
    {
        DoubleDouble high = Product(a.High, b);
        return new(high.High, high.Low + a.Low * b);
    }
}
