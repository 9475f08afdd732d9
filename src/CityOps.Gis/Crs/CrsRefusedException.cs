using CityOps.Gis.Layers;

namespace CityOps.Gis.Crs;

/// <summary>
/// A reference system that cannot be brought to CGCS2000: its datum needs parameters that were not given, or its projection is not known.
/// </summary>
public sealed class CrsRefusedException(LocalText reason) : Exception(reason.En)
{
    public LocalText Reason { get; } = reason;
}
