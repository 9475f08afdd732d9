using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Search;

namespace CityOps.Gis.Web.Api.Search;

/// <summary>Puts together what the search box answers: the place of a coordinate first, then features.</summary>
public sealed class SearchBox(LayerCatalog layers, FeatureSearch features, PlaceSearch places, JurisdictionChains chains)
{
    /// <param name="offset">The web map's shift of a typed coordinate; <see cref="MapOffset.None"/> unless somebody says so.</param>
    public async Task<IReadOnlyList<FoundThing>> Find(SearchQuestion question, MapOffset offset = MapOffset.None, CancellationToken cancel = default)
    {
        var place = await places.Find(question.Text, offset, cancel);
        var found = await features.Find(question, cancel);
        var where = await chains.Of([.. found.Select(one => one.Jurisdiction), .. place is { } at ? [at.Jurisdiction] : Array.Empty<Features.Jurisdiction>()], cancel);
        var things = found.Select((one, number) => Thing(one, where[number]));
        return place is { } typed ? [Place(typed, where[^1], offset), .. things.Take(question.Limit - 1)] : [.. things];
    }

    FoundThing Thing(SearchAnswer one, string where) => new(
        "feature", one.LayerId, layers.Find(one.LayerId)!.Title, one.Fid, one.Code, one.Title, where, one.Matched, Written(one.Match),
        one.Point is { } point ? [point.Longitude, point.Latitude] : null, one.Box is { } box ? [box.West, box.South, box.East, box.North] : null);

    static FoundThing Place((double Longitude, double Latitude, CrsDefinition Crs, Features.Jurisdiction Jurisdiction) place, string where, MapOffset offset) => new(
        "place", null, null, null, null, string.Create(CultureInfo.InvariantCulture, $"{place.Longitude:0.000000}, {place.Latitude:0.000000}"), where,
        place.Crs.IsGeographic ? null : place.Crs.ToString(), Written(SearchMatch.Place), [place.Longitude, place.Latitude], null, offset == MapOffset.None ? null : Written(offset));

    static string Written<T>(T one)
        where T : struct, Enum
        => JsonNamingPolicy.KebabCaseLower.ConvertName(one.ToString());
}
