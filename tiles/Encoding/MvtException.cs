using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Encoding;

/// <summary>A vector tile that MVT 2.1 does not allow: what is wrong, and in which layer and feature.</summary>
public sealed class MvtException(MvtFault fault, LocalText text, Exception? inner = null) : Exception(text.En, inner)
{
    public MvtFault Fault { get; } = fault;

    public LocalText Text { get; } = text;
}
