using CityOps.Gis.Layers;
using ProjNet.CoordinateSystems.Transformations;

namespace CityOps.Gis.Crs;

/// <summary>
/// Brings coordinates to CGCS2000 degrees (EPSG:4490, longitude first) or from there to a plane. ProjNET does the projection; the shift
/// between datums is done here.
/// CGCS2000, WGS 84, NAD83 and ETRS89 count as equal. Safe to use from several threads.
/// </summary>
public sealed class CoordinateTransform
{
    const double SecondsToRadians = Math.PI / 180 / 3600;

    readonly MathTransform? _projection;
    readonly CrsDefinition _crs;
    readonly DatumShift? _shift;
    readonly MathTransform? _planeOfShift;
    readonly bool _isForward;

    CoordinateTransform(CrsDefinition crs, DatumShift? shift, bool isForward)
    {
        (_crs, _shift, _isForward) = (crs, shift, isForward);
        _projection = crs.IsGeographic ? null : ProjNetSystem.Projection(crs, isForward);
        _planeOfShift = shift?.Target is { } target ? ProjNetSystem.Projection(target, isForward: false) : null;
    }

    /// <exception cref="CrsRefusedException">The datum needs a city's parameters and there are none, or the projection is not
    /// supported.</exception>
    public static CoordinateTransform To4490(CrsDefinition source, DatumShift? shift = null)
    {
        shift ??= source.Datum == "other" ? source.ToWgs84 : null;
        if (Refusal(source, shift) is { } reason)
            throw new CrsRefusedException(reason);
        return new(source, shift, isForward: false);
    }

    /// <summary>From CGCS2000 degrees to a system of an equal datum.</summary>
    /// <exception cref="CrsRefusedException">The datum of the target differs from CGCS2000, or its projection is not supported.</exception>
    public static CoordinateTransform From4490(CrsDefinition target)
        => Refusal(target, null) is { } reason ? throw new CrsRefusedException(reason) : new(target, null, isForward: true);

    /// <summary>Why a system cannot be brought to CGCS2000, as one sentence; null when it can.</summary>
    public static LocalText? Refusal(CrsDefinition crs, DatumShift? shift = null)
    {
        if (ProjNetSystem.Fault(crs) is { } fault)
            return fault;
        if (shift?.Target is not null && crs.IsGeographic)
            return new($"四参数只适用于平面坐标，而“{crs.Name}”是经纬度坐标，请提供七参数。",
                $"Four parameters apply to plane coordinates, and '{crs.Name}' is geographic; give seven parameters.");
        if (crs.IsEqualToCgcs2000 || shift is not null)
            return null;
        return crs.Datum switch
        {
            "xian80" => NeedsParameters("西安80坐标系", "Xian 1980"),
            "beijing54" => NeedsParameters("北京54坐标系", "Beijing 1954"),
            "xiamen92" => NeedsParameters("厦门92坐标系", "Xiamen 92"),
            _ => new($"坐标系“{crs.Name}”的基准“{crs.DatumName}”与 CGCS2000 的关系未知，请提供七参数或改用 CGCS2000 交付。",
                $"How the datum '{crs.DatumName}' of '{crs.Name}' relates to CGCS2000 is not known; give seven parameters or deliver in CGCS2000."),
        };
    }

    static LocalText NeedsParameters(string zh, string en)
        => new($"数据采用{zh}，缺少转换到 CGCS2000 的参数；请设置本市的四参数或七参数，或改用 CGCS2000 交付。",
            $"The data are in {en} and the parameters to CGCS2000 are missing; set the city's four or seven parameters, or deliver in CGCS2000.");

    /// <summary>The projection alone, whatever the datum: good enough to see where coordinates lie.</summary>
    internal static CoordinateTransform WithoutShift(CrsDefinition crs, bool isForward = false) => new(crs, null, isForward);

    public (double Lon, double Lat) Apply(double x, double y)
    {
        Apply(new Span<double>(ref x), new Span<double>(ref y));
        return (x, y);
    }

    /// <summary>Transforms in place. Both spans have one length.</summary>
    public void Apply(Span<double> x, Span<double> y)
    {
        if (_isForward)
            Forward(x, y);
        else if (_shift?.Target is { } target)
            ShiftPlane(x, y, target);
        else
        {
            ToGeographic(x, y, _projection, _crs);
            if (_shift is not null)
                ShiftSpace(x, y, _shift);
        }
    }

    void Forward(Span<double> x, Span<double> y)
    {
        Scale(x, y, 1, -_crs.PrimeMeridian);
        if (_projection is not null)
            _projection.Transform(x, y);
        else
            Scale(x, y, 1 / _crs.UnitToDegrees, 0);
    }

    static void ToGeographic(Span<double> x, Span<double> y, MathTransform? projection, CrsDefinition crs)
    {
        projection?.Transform(x, y);
        Scale(x, y, projection is null ? crs.UnitToDegrees : 1, crs.PrimeMeridian);
    }

    static void Scale(Span<double> x, Span<double> y, double factor, double east)
    {
        if (factor == 1 && east == 0)
            return;
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = (x[i] * factor + east, y[i] * factor);
    }

    void ShiftPlane(Span<double> x, Span<double> y, CrsDefinition target)
    {
        var scale = 1 + _shift!.Ppm * 1e-6;
        var (sin, cos) = Math.SinCos(_shift.Rz * SecondsToRadians);
        var (prefixOfSource, prefixOfTarget) = (Prefix(_crs), Prefix(target));
        for (var i = 0; i < x.Length; i++)
        {
            var (east, north) = (x[i] * _crs.UnitToMeters - prefixOfSource, y[i] * _crs.UnitToMeters);
            x[i] = _shift.Dx + scale * (east * cos - north * sin) + prefixOfTarget;
            y[i] = _shift.Dy + scale * (east * sin + north * cos);
        }
        ToGeographic(x, y, _planeOfShift, target);
    }

    static double Prefix(CrsDefinition crs) => crs.HasZonePrefix ? crs.Zone!.Value * 1e6 : 0;

    void ShiftSpace(Span<double> x, Span<double> y, DatumShift shift)
    {
        var from = new Ellipsoid(_crs.SemiMajor, _crs.InverseFlattening);
        var to = Ellipsoid.Cgcs2000;
        var scale = 1 + shift.Ppm * 1e-6;
        var (rx, ry, rz) = (shift.Rx * SecondsToRadians, shift.Ry * SecondsToRadians, shift.Rz * SecondsToRadians);
        for (var i = 0; i < x.Length; i++)
        {
            var (gx, gy, gz) = from.ToGeocentric(x[i], y[i]);
            (x[i], y[i]) = to.ToGeographic(
                shift.Dx + scale * (gx - rz * gy + ry * gz),
                shift.Dy + scale * (rz * gx + gy - rx * gz),
                shift.Dz + scale * (-ry * gx + rx * gy + gz));
        }
    }
}
