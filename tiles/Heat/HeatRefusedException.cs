using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A question that can be understood but not answered, such as hot spots among too many cells.</summary>
public sealed class HeatRefusedException(LocalText sentence) : Exception(sentence.En)
{
    public LocalText Sentence => sentence;
}
