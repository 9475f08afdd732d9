using CityOps.Gis.Layers;

namespace CityOps.Gis.Grids;

/// <summary>Communities that no unit grid can be drawn for as asked.</summary>
public sealed class GridRefusedException(LocalText reason) : Exception(reason.En)
{
    public LocalText Reason { get; } = reason;
}
