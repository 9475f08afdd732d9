using CityOps.Gis.Layers;

namespace CityOps.Gis.BaseMaps;

/// <summary>A file of base maps that cannot be used; the sentence says which map and why.</summary>
public sealed class BaseMapException(LocalText text) : Exception(text.En)
{
    public LocalText Text { get; } = text;
}
