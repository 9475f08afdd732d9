using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.History;
using Npgsql;

namespace CityOps.Gis.PostGis.Views;

/// <summary>
/// What changed in grids since a moment: the features as they are now beside what they were then. A feature that came and went in between is no change; one that was
/// changed twice is one change.
/// </summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class GridChanges(CallerDatabase source)
{
    /// <summary>How many of each kind.</summary>
    /// <param name="grids">Codes of unit grids.</param>
    public async Task<IReadOnlyDictionary<ChangeKind, long>> Count(LayerDefinition layer, IReadOnlyList<string> grids, DateTimeOffset since, CancellationToken cancel = default)
    {
        await using var command = Command($"{Changes(layer)} select _kind, count(*) from changes group by _kind", layer, grids, since);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<ChangeKind, long>();
        while (await reader.ReadAsync(cancel))
            counts[Kind(reader, 0)] = reader.GetInt64(1);
        return counts;
    }

    /// <summary>The changes themselves, the youngest first.</summary>
    /// <param name="grids">Codes of unit grids.</param>
    /// <param name="most">Changes that are read at most.</param>
    public async Task<IReadOnlyList<GridChange>> List(LayerDefinition layer, IReadOnlyList<string> grids, DateTimeOffset since, int most, CancellationToken cancel = default)
    {
        await using var command = Command($"{Changes(layer)} select * from changes order by _at desc, fid limit {most}", layer, grids, since);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var changes = new List<GridChange>();
        var (kind, at, isThere) = (reader.GetOrdinal("_kind"), reader.GetOrdinal("_at"), reader.GetOrdinal("_is_there"));
        while (await reader.ReadAsync(cancel))
            changes.Add(new(Kind(reader, kind), reader.GetFieldValue<DateTimeOffset>(at), FeatureStore.Read(layer, reader), reader.GetBoolean(isThere)));
        return changes;
    }

    // A field of a layer begins with a letter, so the names that do not are free. Both tables are asked by grid, and the history for a number where a feature came
    // from another grid. $1 grids, $2 moment, $3 the state of removed features.
    static string Changes(LayerDefinition layer)
    {
        var (table, history) = (SqlName.Table(layer.Id), SqlName.History(layer.Id));
        string IsRemoved(string of) => layer.RemovedStatus is null ? "false" : $"{of}.status is not distinct from $3";
        string Columns(string of) => string.Join(", ", LayerTable.ColumnsOf(layer).Select(column => of + SqlName.Quote(column.Name)));
        var isMoved = layer.Geometry == GeometryKind.None ? "false" : "not ST_OrderingEquals(was.geom, now.geom)";
        return $"""
            with now_here as (
                select {Columns("now.")}, now.valid_from as _at, true as _is_there, case
                    when was.fid is null or {IsRemoved("was")} then case when {IsRemoved("now")} then 'nothing' else 'added' end
                    when {IsRemoved("now")} then 'removed'
                    when {isMoved} then 'moved'
                    else 'changed' end as _kind
                from {table} now
                left join lateral (select * from {history} past where past.fid = now.fid and past.valid_to >= $2 and past.valid_from < $2 order by valid_to limit 1) was on true
                where now.grid_code = any($1) and now.valid_from >= $2
            ), left_here as (
                select {Columns("was.")}, was.valid_to as _at, exists (select from {table} now where now.fid = was.fid) as _is_there,
                    case when exists (select from {table} now where now.fid = was.fid) then 'moved' else was.change end as _kind
                from {history} was
                where was.grid_code = any($1) and was.valid_to >= $2 and was.valid_from < $2 and not {IsRemoved("was")}
                  and not exists (select from {table} now where now.fid = was.fid and now.grid_code = any($1))
            ), changes as (
                select * from now_here where _kind <> 'nothing' union all select * from left_here
            )
            """;
    }

    static ChangeKind Kind(NpgsqlDataReader reader, int column) => Enum.TryParse<ChangeKind>(reader.GetString(column), ignoreCase: true, out var kind) ? kind : ChangeKind.Changed;

    CallerCommand Command(string sql, LayerDefinition layer, IReadOnlyList<string> grids, DateTimeOffset since)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = grids.ToArray() });
        command.Parameters.Add(new() { Value = since.UtcDateTime });
        if (layer.RemovedStatus is { } removed)
            command.Parameters.Add(new() { Value = removed });
        return command;
    }
}
