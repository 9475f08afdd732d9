using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>What is asked of a collection's items: the question, which page of its answers, and in which reference system.</summary>
public sealed record ItemsRequest(LayerDefinition Layer, FeatureQuery Query, int Limit, PageStart Start, OgcCrs Crs)
{
    public const int DefaultLimit = 100, MostLimit = 10_000;
}
