using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Audit;
using Npgsql;

namespace CityOps.Gis.PostGis.Views;

/// <summary>The grids that a person has chosen as their own (<c>cityops.own_grid</c>).</summary>
public sealed class OwnGrids(CallerDatabase source)
{
    /// <summary>More grids than these are no longer a person's own; a page of a question serves better.</summary>
    public const int MostGrids = 300;

    /// <summary>Codes of the communities and unit grids that are a person's own: those that were chosen, and until then those that the person's scope names.</summary>
    public async Task<IReadOnlyList<string>> Of(Caller caller, CancellationToken cancel = default)
        => caller.Id is not { } id ? [] : await Chosen(id, cancel) is { Count: > 0 } chosen ? chosen : caller.Scope is { } scope ? [.. scope.Communities, .. scope.Grids] : [];

    /// <summary>What was chosen: codes of communities and unit grids, in order.</summary>
    public async Task<IReadOnlyList<string>> Chosen(string owner, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""select code from cityops.own_grid where owner = $1 order by code collate "C" """);
        command.Parameters.Add(new() { Value = owner });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var codes = new List<string>();
        while (await reader.ReadAsync(cancel))
            codes.Add(reader.GetString(0));
        return codes;
    }

    /// <summary>Chooses anew, with the entry in the audit log that tells of it.</summary>
    /// <param name="codes">Of communities and unit grids.</param>
    public async Task Choose(string owner, IEnumerable<string> codes, CancellationToken cancel = default)
    {
        var chosen = codes.ToArray();
        await using var connection = await source.Open(cancel);
        await using var together = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            with wanted as (select distinct unnest($2) as code), gone as (delete from cityops.own_grid where owner = $1 and code not in (select code from wanted))
            insert into cityops.own_grid (owner, code) select $1, code from wanted on conflict do nothing
            """, connection);
        command.Parameters.Add(new() { Value = owner });
        command.Parameters.Add(new() { Value = chosen });
        await command.ExecuteNonQueryAsync(cancel);
        await AuditLog.Write(connection, new(AuditKind.OwnGridsChosen, After: new { codes = chosen }), cancel);
        await together.CommitAsync(cancel);
    }

    /// <summary>How many unit grids of today what was chosen stands for.</summary>
    public async Task<long> Count(IReadOnlyList<string> chosen, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select count(distinct code) from gis.unit_grids where (code = any($1) or community_code = any($1)) and {SpineTree.IsCurrent("unit_grids", "")}");
        command.Parameters.Add(new() { Value = chosen.ToArray() });
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>The unit grids of today that what was chosen stands for, at most <see cref="MostGrids"/>.</summary>
    public async Task<IReadOnlyList<SpineNode>> Grids(IReadOnlyList<string> chosen, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select fid, code, name from (
                select distinct on (code collate "C") fid, code, name from gis.unit_grids
                where (code = any($1) or community_code = any($1)) and {SpineTree.IsCurrent("unit_grids", "")}
                order by code collate "C", begin_date desc nulls last
            ) grid order by code collate "C" limit {MostGrids}
            """);
        command.Parameters.Add(new() { Value = chosen.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var grids = new List<SpineNode>();
        while (await reader.ReadAsync(cancel))
            grids.Add(new("unit_grids", reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
        return grids;
    }

    /// <summary>The outlines of grids as a GeoJSON FeatureCollection (RFC 7946), each with its code as <c>id</c> and its name as <c>name</c>.</summary>
    public async Task<string> Outlines(IReadOnlyList<SpineNode> grids, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(jsonb_build_object(
                'type', 'Feature', 'id', code, 'geometry', ST_AsGeoJSON(geom, 7)::jsonb, 'properties', jsonb_build_object('name', coalesce(name, code)))), '[]'))::text
            from gis.unit_grids where fid = any($1)
            """);
        command.Parameters.Add(new() { Value = grids.Select(grid => grid.Fid).ToArray() });
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>West, south, east and north of grids in degrees (EPSG:4490); null where there are none.</summary>
    public async Task<(double West, double South, double East, double North)?> Bounds(IReadOnlyList<SpineNode> grids, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box) from (select ST_Extent(geom) as box from gis.unit_grids where fid = any($1)) one where box is not null");
        command.Parameters.Add(new() { Value = grids.Select(grid => grid.Fid).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? (reader.GetDouble(0), reader.GetDouble(1), reader.GetDouble(2), reader.GetDouble(3)) : null;
    }
}
