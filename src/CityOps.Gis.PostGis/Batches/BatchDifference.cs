using System.Runtime.CompilerServices;
using System.Text.Json;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>
/// What a batch adds, changes, moves and removes, feature by feature: of a staged one from its staging tables, of a published one from the layer and its history. A
/// batch that was rolled back or dropped has none left.
/// </summary>
public sealed class BatchDifference(NpgsqlDataSource source, LayerDefinition layer, Batch batch)
{
    string Table => SqlName.Table(layer.Id);
    string History => SqlName.History(layer.Id);
    bool HasGeometry => layer.Geometry != GeometryKind.None;

    /// <summary>True while there is something to show.</summary>
    public bool IsThere => batch.State is BatchState.Staged or BatchState.Published;

    public async Task<IReadOnlyList<DifferenceRow>> Page(DifferenceKind kind, int offset, int most, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select id, key, name, class_code, ST_X(ST_PointOnSurface(coalesce(new_geom, old_geom))), ST_Y(ST_PointOnSurface(coalesce(new_geom, old_geom))),
                case when old_geom is not null and new_geom is not null then ST_DistanceSphere(ST_Centroid(old_geom), ST_Centroid(new_geom)) end,
                (select jsonb_object_agg(before.key, jsonb_build_array(before.value, after.value))
                 from jsonb_each_text(to_jsonb(old_row)) before join jsonb_each_text(to_jsonb(new_row)) after using (key)
                 where before.value is distinct from after.value and before.key = any($1))::text
            from (select * from ({Rows(kind)}) one order by id offset $2 limit $3) shown
            """);
        command.Parameters.Add(new() { Value = layer.StoredFields.Select(field => field.Name).ToArray() });
        command.Parameters.Add(new() { Value = offset });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<DifferenceRow>();
        while (await reader.ReadAsync(cancel))
            rows.Add(RowAt(reader, kind));
        return rows;
    }

    /// <summary>How many of a kind come before one in the pages.</summary>
    public async Task<int> Before(DifferenceKind kind, long id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select count(*) from ({Rows(kind)}) one where id < $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancel) is long count ? (int)count : 0;
    }

    /// <summary>The box that holds them; null where there are none, or none with a place.</summary>
    public async Task<MapBox?> Extent(CancellationToken cancel = default)
    {
        if (!HasGeometry || !IsThere)
            return null;
        var parts = Enum.GetValues<DifferenceKind>().Select(kind => $"(select coalesce(new_geom, old_geom) as place from ({Rows(kind)}) one limit 20000)");
        await using var command = source.CreateCommand($"select ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) from (select ST_Extent(place) as box from ({string.Join(" union all ", parts)}) every_one) whole where box is not null");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)) : null;
    }

    /// <summary>GeoJSON features in a box; what moved is a line from where it was to where it is.</summary>
    public async IAsyncEnumerable<string> GeoJson(DifferenceKind kind, MapBox? box, int most, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!HasGeometry || !IsThere)
            yield break;
        var shape = kind == DifferenceKind.Moved ? "ST_MakeLine(ST_Centroid(old_geom), ST_Centroid(new_geom))" : "coalesce(new_geom, old_geom)";
        await using var command = source.CreateCommand($"""
            select json_build_object('type', 'Feature', 'id', id, 'geometry', ST_AsGeoJSON(shape, 8, 0)::json, 'properties', json_build_object('kind', '{Name(kind)}', 'key', key, 'name', name))::text
            from (select id, key, name, {shape} as shape from ({Rows(kind)}) one) placed
            where shape is not null and ($1::float8 is null or shape && ST_MakeEnvelope($1, $2, $3, $4, {LayerTable.StoredSrid})) limit $5
            """);
        foreach (var value in new object?[] { box?.West, box?.South, box?.East, box?.North, most })
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return reader.GetString(0);
    }

    public static string Name(DifferenceKind kind) => kind.ToString().ToLowerInvariant();

    // Every source has id, key, name, class_code, old_geom, new_geom and the rows themselves, old_row and new_row, which are taken apart on the page only.
    string Rows(DifferenceKind kind) => batch.State == BatchState.Staged ? Staged(kind) : Published(kind);

    string Staged(DifferenceKind kind)
    {
        var staging = new Staging(layer, batch.Id);
        return kind switch
        {
            // Rows whose partition is built aside over an empty layer have no line in the difference.
            DifferenceKind.Added => $"""
                select new.row_id as id, {Columns("new", null, "new")} from {staging.Rows} new left join {staging.Difference} known using (row_id)
                where coalesce(known.kind, 'added') in ('added', 'built')
                """,
            DifferenceKind.Removed => $"""
                select now.fid as id, {Columns("now", "now", null)} from {staging.Difference} known join {Table} now on now.fid = known.fid and now.district_code = known.old_district where known.kind = 'removed'
                """,
            _ => $"""
                select new.row_id as id, {Columns("new", "now", "new")} from {staging.Difference} known join {staging.Rows} new using (row_id)
                join {Table} now on now.fid = known.fid and now.district_code = known.old_district where known.kind = '{Name(kind)}'
                """,
        };
    }

    string Published(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Added => $"""
            select new.fid as id, {Columns("new", null, "new")} from {Table} new
            where new.batch_id = {batch.Id} and not exists (select from {History} old where old.fid = new.fid and old.closed_by_batch = {batch.Id})
            """,
        DifferenceKind.Removed => $"select old.fid as id, {Columns("old", "old", null)} from {History} old where old.closed_by_batch = {batch.Id} and old.change = 'removed'",
        // A later batch may have closed the version that this one made.
        _ => $"""
            select old.fid as id, {Columns("old", "old", "new")} from {History} old join lateral (
                select {OwnColumns} from {Table} one where one.fid = old.fid and one.batch_id = {batch.Id}
                union all select {OwnColumns} from {History} one where one.fid = old.fid and one.batch_id = {batch.Id} limit 1) new on true
            where old.closed_by_batch = {batch.Id} and old.change = '{Name(kind)}'
            """,
    };

    string OwnColumns => string.Join(", ", layer.StoredFields.Select(stored => "one." + SqlName.Quote(stored.Name)).Concat(HasGeometry ? ["one.geom"] : Array.Empty<string>()));

    string Columns(string named, string? old, string? @new)
    {
        string Geometry(string? alias) => HasGeometry && alias is not null ? alias + ".geom" : "null::geometry";
        var name = layer.Name is { } field ? $"{named}.{SqlName.Quote(field)}::text" : "null::text";
        var classCode = layer.Find("class_code") is { Stored: true } ? named + ".class_code" : "null::text";
        return $"{named}.{SqlName.Quote(layer.Key)}::text as key, {name} as name, {classCode} as class_code, {Geometry(old)} as old_geom, {Geometry(@new)} as new_geom, {old ?? "null::text"} as old_row, {@new ?? "null::text"} as new_row";
    }

    static DifferenceRow RowAt(NpgsqlDataReader reader, DifferenceKind kind)
    {
        string? Text(int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
        double? Real(int at) => reader.IsDBNull(at) ? null : reader.GetDouble(at);
        var fields = Text(7) is { } json ? JsonSerializer.Deserialize<Dictionary<string, string?[]>>(json)! : [];
        return new(reader.GetInt64(0).ToString(System.Globalization.CultureInfo.InvariantCulture), kind, Text(1) ?? "", Text(2), Text(3), Real(4), Real(5), Real(6),
            fields.ToDictionary(one => one.Key, one => (one.Value[0], one.Value[1])));
    }
}
