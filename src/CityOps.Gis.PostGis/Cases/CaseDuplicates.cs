using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Finds open cases that a new report may be about: first those at the same component, then those of the same class near in space and time. In practice 30 minutes and a metre are
/// called the same; a phone's position is known to some ten metres and people report what lies there for a day, so these are only shown, never merged.
/// </summary>
public sealed class CaseDuplicates(CallerDatabase source, LayerCatalog catalog)
{
    const int Most = 5, NearMeters = 30, Days = 2;

    // About 50 m: wide enough for the index, narrowed by the distance.
    const double NearDegrees = 0.0005;

    /// <param name="longitude">Degrees (EPSG:4490).</param>
    /// <param name="componentCode">Null where it is about no component.</param>
    public async Task<IReadOnlyList<LikelyDuplicate>> Of(string classCode, double longitude, double latitude, string? componentCode, CancellationToken cancel = default)
    {
        if (catalog.Find(CaseTables.LayerId) is not { } layer)
            return [];
        var query = new FeatureQuery(layer.Id);
        var filter = QueryCompiler.Compile(layer, query);
        var place = $"ST_SetSRID(ST_MakePoint({filter.Value(longitude)}, {filter.Value(latitude)}), 4490)";
        var (kind, component) = (filter.Value(classCode), filter.Value(componentCode ?? ""));
        filter.And("status not in ('close', 'evaluate', 'void')");
        filter.And($"""
            (component_code = {component} or class_code = {kind} and geom && ST_Expand({place}, {NearDegrees.ToString(System.Globalization.CultureInfo.InvariantCulture)})
                and ST_Distance(geom::geography, {place}::geography) <= {NearMeters} and occurred_at > clock_timestamp() - interval '{Days} days')
            """);
        await using var command = filter.Command(source, $"""
            select fid, case_number, title, status, occurred_at, ST_Distance(geom::geography, {place}::geography) as meters, coalesce(component_code = {component}, false) as same
            from {QueryCompiler.Source(layer, query, filter)} where {filter.Where} order by same desc, class_code = {kind} desc, meters, fid desc limit {Most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<LikelyDuplicate>();
        while (await reader.ReadAsync(cancel))
            if (CaseCodes.Find<CaseStage>(reader.IsDBNull(3) ? null : reader.GetString(3)) is { } stage)
                found.Add(new(reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), stage, reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4), reader.GetDouble(5), reader.GetBoolean(6)));
        return found;
    }
}
