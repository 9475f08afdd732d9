namespace CityOps.Gis.Crs;

/// <summary>
/// A city's own parameters from an older datum to CGCS2000. Either four in the plane (from the source's plane, without zone prefix, to
/// <see cref="Target"/>),
/// or seven in space (position vector convention, ellipsoidal height taken as 0).
/// </summary>
public sealed record DatumShift
{
    DatumShift() { }

    /// <summary>Metres: east and north for four parameters, geocentric X, Y and Z for seven.</summary>
    public double Dx { get; private init; }
    public double Dy { get; private init; }
    public double Dz { get; private init; }

    /// <summary>Arc seconds. Four parameters use <see cref="Rz"/> alone, counter-clockwise from east to north.</summary>
    public double Rx { get; private init; }
    public double Ry { get; private init; }
    public double Rz { get; private init; }

    /// <summary>Scale less one, in parts per million.</summary>
    public double Ppm { get; private init; }

    /// <summary>CGCS2000 zone in whose plane the four-parameter result lies; null = seven parameters.</summary>
    public CrsDefinition? Target { get; private init; }

    /// <summary>E' = dx + (1+m)(E cos r − N sin r), N' = dy + (1+m)(E sin r + N cos r).</summary>
    public static DatumShift Plane(double dxMeters, double dyMeters, double rotationSeconds, double scalePpm, CrsDefinition target)
        => target is { IsGeographic: false, Datum: "cgcs2000" }
            ? new() { Dx = dxMeters, Dy = dyMeters, Rz = rotationSeconds, Ppm = scalePpm, Target = target }
            : throw new ArgumentException($"{target} is not a CGCS2000 plane.", nameof(target));

    public static DatumShift Space(double dx, double dy, double dz, double rxSeconds, double rySeconds, double rzSeconds, double scalePpm)
        => new() { Dx = dx, Dy = dy, Dz = dz, Rx = rxSeconds, Ry = rySeconds, Rz = rzSeconds, Ppm = scalePpm };
}
