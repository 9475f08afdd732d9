namespace CityOps.Gis.Crs;

/// <summary>
/// Finds a GCJ-02 or BD-09 shift by comparing delivered points with existing points of the same key. Degrees, longitude first.
/// </summary>
public static class OffsetDetector
{
    /// <summary>The median tells a shift when it falls below this after correction …</summary>
    const double CorrectedMeters = 3;

    /// <summary>… and was above this before.</summary>
    const double ShiftedMeters = 100;

    public static OffsetFinding Detect(IReadOnlyList<((double Lon, double Lat) Delivered, (double Lon, double Lat) Existing)> pairs)
    {
        if (pairs.Count == 0)
            return new(MapOffset.None, 0, 0, 0);
        double Median(Func<double, double, (double, double)> correct)
        {
            var distances = pairs.Select(pair => Meters(correct(pair.Delivered.Lon, pair.Delivered.Lat), pair.Existing)).Order().ToArray();
            return distances[distances.Length / 2];
        }
        var raw = Median((lon, lat) => (lon, lat));
        if (raw <= ShiftedMeters)
            return new(MapOffset.None, pairs.Count, raw, raw);
        var (gcj, bd) = (Median(Gcj02.ToWgs84), Median(Bd09.ToWgs84));
        if (gcj < CorrectedMeters)
            return new(MapOffset.Gcj02, pairs.Count, raw, gcj);
        return bd < CorrectedMeters ? new(MapOffset.Bd09, pairs.Count, raw, bd) : new(MapOffset.None, pairs.Count, raw, raw);
    }

    /// <summary>Distance on the local tangent plane: exact enough below a few kilometres.</summary>
    static double Meters((double Lon, double Lat) one, (double Lon, double Lat) other)
    {
        const double perDegree = 6371008.8 * Math.PI / 180;
        var east = (one.Lon - other.Lon) * perDegree * Math.Cos((one.Lat + other.Lat) / 2 * Math.PI / 180);
        return double.Hypot(east, (one.Lat - other.Lat) * perDegree);
    }
}
