using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Crs;

/// <summary>Some coordinates of a delivery as numbers, without those that cannot be positions: NaN, infinities and (0, 0).</summary>
sealed class CoordinateSample
{
    const int MaxPoints = 1000;

    /// <summary>No system of the catalogue has greater coordinates: 45.9 million metres are 151 million feet.</summary>
    const double Impossible = 2e8;

    CoordinateSample(double[] x, double[] y, int total, int notNumbers, int zeros)
        => (X, Y, Total, NotNumbers, Zeros) = (x, y, total, notNumbers, zeros);

    public double[] X { get; }
    public double[] Y { get; }
    int Total { get; }
    int NotNumbers { get; }
    int Zeros { get; }
    public bool IsEmpty => X.Length == 0;

    public static CoordinateSample Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (xs, ys) = (new List<double>(), new List<double>());
        var (notNumbers, zeros, total) = (0, 0, Math.Min(x.Length, y.Length));
        var step = Math.Max(1, total / MaxPoints);
        for (var i = 0; i < total; i++)
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                notNumbers++;
            else if (x[i] == 0 && y[i] == 0)
                zeros++;
            else if (i % step == 0 || xs.Count < MaxPoints / 10)
            {
                xs.Add(x[i]);
                ys.Add(y[i]);
            }
        return new([.. xs], [.. ys], total, notNumbers, zeros);
    }

    /// <summary>True when nearly all numbers are too great for any reference system.</summary>
    public bool IsImpossible => Share((x, y) => Math.Abs(x) > Impossible || Math.Abs(y) > Impossible) > 0.5;

    /// <summary>True when nearly all numbers could be degrees, in either order of the axes.</summary>
    public bool LooksLikeDegrees => Share((x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) <= 180 && Math.Min(Math.Abs(x), Math.Abs(y)) <= 90) >= 0.9;

    public double Share(Func<double, double, bool> holds)
    {
        var count = 0;
        for (var i = 0; i < X.Length; i++)
            count += holds(X[i], Y[i]) ? 1 : 0;
        return X.Length == 0 ? 0 : (double)count / X.Length;
    }

    /// <summary>What is odd about the numbers whatever their reference system.</summary>
    public IEnumerable<LocalText> Oddities()
    {
        if (NotNumbers > 0)
            yield return new($"{Total} 个抽样点中有 {NotNumbers} 个坐标不是有效数字。", $"{NotNumbers} of {Total} sampled positions are not numbers.");
        if (Zeros > 0)
            yield return new($"{Total} 个抽样点中有 {Zeros} 个位于 (0, 0)。", $"{Zeros} of {Total} sampled positions are (0, 0).");
        if (X.Length > 1 && X.All(x => x == X[0]) && Y.All(y => y == Y[0]))
            yield return new($"所有抽样点都在同一位置 ({Text(X[0])}, {Text(Y[0])})。", $"All sampled positions are at one spot ({Text(X[0])}, {Text(Y[0])}).");
        else if (X.Length >= 10 && Math.Max(X.Max() - X.Min(), Y.Max() - Y.Min()) < (LooksLikeDegrees ? 1e-4 : 10))
            yield return new($"所有抽样点都在 10 米之内，位于 ({Text(X[0])}, {Text(Y[0])}) 附近。",
                $"All sampled positions are within 10 m of one another, near ({Text(X[0])}, {Text(Y[0])}).");
        else if (!IsEmpty)
            yield return new($"X 为 {Text(X.Min())} 至 {Text(X.Max())}，Y 为 {Text(Y.Min())} 至 {Text(Y.Max())}。",
                $"X is {Text(X.Min())} to {Text(X.Max())}, Y is {Text(Y.Min())} to {Text(Y.Max())}.");
    }

    static string Text(double value) => value.ToString(Math.Abs(value) < 1000 ? "0.#####" : "0", CultureInfo.InvariantCulture);
}
