using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Snapshots;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>A question with what it will be answered from: the views are taken once and stay the same until the answer is there.</summary>
/// <param name="Question">With its reference parallel, where it is of a lattice.</param>
/// <param name="Divisor">Of <see cref="HeatMeasure.Per"/>.</param>
/// <param name="Key">Equal for equal questions to the same data in this process.</param>
/// <param name="Tag">Equal for equal questions to the same data in any process.</param>
public sealed record HeatPlan(HeatQuestion Question, HeatPlan.Side First, HeatPlan.Side? Second, HeatPlan.Side? Divisor, string Key, string Tag)
{
    /// <summary>A layer, what is asked of it, and what memory holds of it (null = PostGIS answers).</summary>
    public sealed record Side(LayerDefinition Layer, FeatureQuery Query, LayerView? View, long Version);
}
