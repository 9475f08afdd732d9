using System.Globalization;
using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.Layers;

/// <summary>A number of the day's work: how many of a layer's features answer a filter.</summary>
/// <param name="Id">Lower-case snake case, once within the layer.</param>
/// <param name="Filter">CQL2 text (OGC 21-065r2) over the layer's fields; <c>{now}</c> stands for the present moment.</param>
public sealed record LayerFigure(string Id, LocalText Title, string Filter)
{
    const string Now = "{now}";

    /// <summary>The filter as of a moment, or its fault.</summary>
    public CqlResult At(LayerDefinition layer, DateTimeOffset moment)
        => CqlFilter.ParseText(Filter.Replace(Now, moment.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal), layer);
}
