using System.Globalization;
using CityOps.Gis.PostGis.Collections;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>Links of a page of items: itself, its twin, the pages beside it in the client's own way of paging, and the collection. Each keeps the whole question.</summary>
static class ItemsLinks
{
    public static IEnumerable<OgcLink> Of(HttpRequest request, ItemsRequest asked, FeaturePage page)
    {
        foreach (var link in OgcLink.SelfAndTwin(request, OgcFormat.Json, OgcLink.GeoJson))
            yield return link;
        if (Next(request, asked, page) is { } next)
            yield return new(next, "next", OgcLink.GeoJson);
        if (Previous(request, asked, page) is { } previous)
            yield return new(previous, "prev", OgcLink.GeoJson);
        yield return new(OgcAddress.Of(request, $"/collections/{asked.Layer.Id}"), "collection", OgcLink.Json, asked.Layer.Title.In(UiLanguage.Current));
    }

    static string? Next(HttpRequest request, ItemsRequest asked, FeaturePage page) => asked.Start switch
    {
        { Before: { } before } => At(request, "after", page.Count > 0 ? page.LastFid : before - 1),
        _ when !page.HasMore => null,
        { Offset: > 0 and var offset } => At(request, "offset", offset + page.Count),
        // A client that counts goes on counting, also from its first page.
        _ when request.Query.ContainsKey("offset") => At(request, "offset", page.Count),
        _ => At(request, "after", page.LastFid),
    };

    static string? Previous(HttpRequest request, ItemsRequest asked, FeaturePage page) => asked.Start switch
    {
        { Offset: > 0 and var offset } => At(request, "offset", Math.Max(0, offset - asked.Limit)),
        { Before: not null } => page.HasMore ? At(request, "before", page.FirstFid) : null,
        { After: { } after } => At(request, "before", page.Count > 0 ? page.FirstFid : after + 1),
        _ => null,
    };

    static string At(HttpRequest request, string name, long value)
        => OgcAddress.With(request, [.. new[] { "after", "before", "offset" }.Where(other => other != name).Select(other => (other, (string?)null)), (name, value.ToString(CultureInfo.InvariantCulture))]);
}
