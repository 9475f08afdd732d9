using System.Buffers.Binary;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Brings delivered coordinates to EPSG:4490, longitude first.</summary>
/// <param name="Transform">Null = they are degrees already.</param>
/// <param name="SwapAxes">Delivered X is the northing or latitude.</param>
/// <param name="Offset">Web-map shift to take out.</param>
public sealed record Placement(CoordinateTransform? Transform, bool SwapAxes, MapOffset Offset)
{
    /// <summary>A new column with the stored positions; multi-points of one point become points.</summary>
    public GeometryColumn Apply(GeometryColumn delivered, int count)
    {
        var stored = new GeometryColumn(count);
        Array.Copy(delivered.Kinds, stored.Kinds, count);
        Array.Copy(delivered.IsEmpty, stored.IsEmpty, count);
        Array.Copy(SwapAxes ? delivered.Y : delivered.X, stored.X, count);
        Array.Copy(SwapAxes ? delivered.X : delivered.Y, stored.Y, count);
        ToStored(stored.X.AsSpan(0, count), stored.Y.AsSpan(0, count));
        for (var row = 0; row < count; row++)
            if (delivered.Wkb[row] is { } wkb && !(delivered.Kinds[row] == GeometryKind.Point && IsSinglePoint(wkb)))
                stored.Wkb[row] = Apply(wkb);
        return stored;
    }

    /// <summary>True when every coordinate is a number; a point has none here.</summary>
    public static bool IsFinite(byte[]? wkb)
    {
        if (wkb is null)
            return true;
        var isFinite = true;
        Wkb.ForEachRun(wkb, (run, points) =>
        {
            for (var at = 0; at < points * 16; at += 8)
                isFinite &= double.IsFinite(BinaryPrimitives.ReadDoubleLittleEndian(run.Span[at..]));
        });
        return isFinite;
    }

    void ToStored(Span<double> x, Span<double> y)
    {
        Transform?.Apply(x, y);
        if (Offset == MapOffset.None)
            return;
        for (var row = 0; row < x.Length; row++)
            if (double.IsFinite(x[row]) && double.IsFinite(y[row]))
                (x[row], y[row]) = Offset == MapOffset.Gcj02 ? Gcj02.ToWgs84(x[row], y[row]) : Bd09.ToWgs84(x[row], y[row]);
    }

    byte[] Apply(byte[] delivered)
    {
        var wkb = (byte[])delivered.Clone();
        Wkb.ForEachRun(wkb, (run, points) =>
        {
            double[] x = new double[points], y = new double[points];
            for (var point = 0; point < points; point++)
            {
                (x[point], y[point]) = (BinaryPrimitives.ReadDoubleLittleEndian(run.Span[(point * 16)..]), BinaryPrimitives.ReadDoubleLittleEndian(run.Span[(point * 16 + 8)..]));
                if (SwapAxes)
                    (x[point], y[point]) = (y[point], x[point]);
            }
            ToStored(x, y);
            for (var point = 0; point < points; point++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(run.Span[(point * 16)..], x[point]);
                BinaryPrimitives.WriteDoubleLittleEndian(run.Span[(point * 16 + 8)..], y[point]);
            }
        });
        return wkb;
    }

    static bool IsSinglePoint(byte[] wkb) => wkb.Length == 30 && BinaryPrimitives.ReadInt32LittleEndian(wkb.AsSpan(5)) == 1;
}
