using CityOps.Gis.Features;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots;
using CityOps.Gis.Web.Api.Ogc;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Api.Table;

/// <summary>
/// Makes pages of the table of what is in view. Rows come by number from an index, so that a page of a layer of millions costs what one of a small layer costs;
/// they are sorted only where at most <see cref="MostSorted"/> answer.
/// </summary>
public sealed class TablePages(LiveLayers live, FeatureRows rows, CollectionCounts counts, JurisdictionNames names, FieldText texts)
{
    static readonly TimeSpan MostSearching = TimeSpan.FromMilliseconds(200);

    /// <summary>Rows that are sorted anew for each page.</summary>
    public const int MostSorted = 5000;

    public async Task<TablePage> Read(TableRequest request, CancellationToken cancel)
    {
        var (layer, query) = (request.Layer, request.Query);
        var count = await counts.Whole(layer, query, cancel);
        var canSort = count is { IsExact: true, Number: <= MostSorted };
        var order = canSort ? request.Order : null;
        // One more is asked for, so that it is known whether there is another page.
        var found = await FromMemory(request, order, cancel)
            ?? (order is { } by ? await rows.Sorted(layer, query, by, request.Offset, request.Limit + 1, cancel) : await rows.After(layer, query, request.After, request.Limit + 1, cancel));
        var page = found.Take(request.Limit).ToList();
        var next = found.Count <= request.Limit ? null : order is null ? $"after={page[^1].Fid}" : $"offset={request.Offset + page.Count}";
        return new(await Written(request, page, cancel), count.Number, count.IsExact, canSort, order is not null, next);
    }

    // Memory finds which rows stand on the page and the database looks them up by their keys, and asks the conditions again; a million rows need not be ordered for a hundred.
    async Task<IReadOnlyList<Feature>?> FromMemory(TableRequest request, RowOrder? order, CancellationToken cancel)
    {
        var (layer, query, wanted) = (request.Layer, request.Query, request.Limit + 1);
        if (query.IsWhole || !PageSearch.CanFind(layer, query) || live.Find(layer.Id) is not { State: LayerState.Live, View: { } view })
            return null;
        var keys = await Task.Run(() => PageSearch.Find(view, query, order is null ? request.After : null, null, 0, order is null ? wanted : MostSorted + 1, MostSearching, cancel), cancel);
        return keys is null ? null : await rows.Of(layer, query, keys, view.Version, order, order is null ? 0 : request.Offset, wanted, cancel);
    }

    async Task<IReadOnlyList<TableRow>> Written(TableRequest request, List<Feature> page, CancellationToken cancel)
    {
        var named = request.Columns.Any(LayerTable.JurisdictionColumns.Contains) ? await names.Of([.. page.Select(one => one.Jurisdiction).Distinct()], cancel) : null;
        return [.. page.Select(feature => new TableRow(feature.Fid, PlaceOf(feature), [.. request.Columns.Select(column => Cell(request, feature, column, named))]))];
    }

    static double[]? PlaceOf(Feature feature) => feature.Geometry is Point { IsEmpty: false } point ? [point.X, point.Y] : null;

    string? Cell(TableRequest request, Feature feature, string column, IReadOnlyDictionary<(string Column, string Code), string>? named)
        => request.Layer.Find(column) is { Stored: true } field ? texts.Of(request.Layer, field, feature)
            : column == "valid_from" ? texts.Time(feature.ValidFrom)
            : CodeOf(feature.Jurisdiction, column) is { } code ? named?.GetValueOrDefault((column, code), code) ?? code
            : null;

    static string? CodeOf(Jurisdiction place, string column) => column switch
    {
        "district_code" => place.District == Jurisdiction.NoDistrict ? null : place.District,
        "subdistrict_code" => place.Subdistrict,
        "community_code" => place.Community,
        "grid_code" => place.Grid,
        "department_code" => place.Department,
        _ => null,
    };
}
