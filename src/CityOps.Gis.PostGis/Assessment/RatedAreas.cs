using CityOps.Gis.Assessment;

namespace CityOps.Gis.PostGis.Assessment;

/// <summary>Outlines of rated areas, for a map of scores.</summary>
public sealed class RatedAreas(CallerDatabase source)
{
    /// <summary>GeoJSON geometries (RFC 7946) in degrees (EPSG:4490) by code; an area that is not known today has none.</summary>
    /// <exception cref="ArgumentException">The kind is none of areas.</exception>
    public async Task<IReadOnlyDictionary<string, string>> Of(AssessedKind kind, IEnumerable<string> codes, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select distinct on (code) code, ST_AsGeoJSON(geom, 6) from {SqlName.Table(LayerOf(kind))} where code = any($1) and geom is not null order by code, begin_date desc nulls last
            """);
        command.Parameters.Add(new() { Value = codes.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var outlines = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancel))
            outlines[reader.GetString(0)] = reader.GetString(1);
        return outlines;
    }

    static string LayerOf(AssessedKind kind) => kind switch
    {
        AssessedKind.Grid => "unit_grids",
        AssessedKind.Community => "communities",
        AssessedKind.Subdistrict => "subdistricts",
        AssessedKind.District => "districts",
        _ => throw new ArgumentException($"{kind} is no kind of area.", nameof(kind)),
    };
}
