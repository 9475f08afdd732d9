using CityOps.Gis.Features;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Looks up what the codes of a jurisdiction are called.</summary>
public sealed class JurisdictionNames(CallerDatabase database)
{
    /// <summary>The names of a jurisdiction's levels; null where the level or its name is not known.</summary>
    public sealed record Names(string? District, string? Subdistrict, string? Community, string? Grid, string? Department);

    // A code may have had several boundaries; the youngest has the name of today.
    public async Task<Names> Of(Jurisdiction jurisdiction, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("""
            select (select name from gis.districts where code = $1 order by begin_date desc nulls last limit 1),
                (select name from gis.subdistricts where code = $2 order by begin_date desc nulls last limit 1),
                (select name from gis.communities where code = $3 order by begin_date desc nulls last limit 1),
                (select name from gis.unit_grids where code = $4 order by begin_date desc nulls last limit 1),
                (select name from gis.departments where code = $5 order by begin_date desc nulls last limit 1)
            """);
        foreach (var code in new[] { jurisdiction.District, jurisdiction.Subdistrict, jurisdiction.Community, jurisdiction.Grid, jurisdiction.Department })
            command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = code });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new(Text(0), Text(1), Text(2), Text(3), Text(4));
    }

    /// <summary>The names of all levels of several jurisdictions, by the column that holds the code (<see cref="LayerTable.JurisdictionColumns"/>) and the code.</summary>
    public async Task<IReadOnlyDictionary<(string Column, string Code), string>> Of(IReadOnlyCollection<Jurisdiction> jurisdictions, CancellationToken cancel = default)
    {
        var levels = new (string Column, string Table, Func<Jurisdiction, string?> Code)[]
        {
            ("district_code", "districts", one => one.District), ("subdistrict_code", "subdistricts", one => one.Subdistrict), ("community_code", "communities", one => one.Community),
            ("grid_code", "unit_grids", one => one.Grid), ("department_code", "departments", one => one.Department),
        };
        await using var command = database.CreateCommand(string.Join(" union all ", levels.Select((level, at)
            => $"(select distinct on (code) '{level.Column}', code, name from {SqlName.Table(level.Table)} where code = any(${at + 1}) and name is not null order by code, begin_date desc nulls last)")));
        foreach (var level in levels)
            command.Parameters.Add(new() { Value = jurisdictions.Select(level.Code).OfType<string>().Distinct().ToArray() });
        var names = new Dictionary<(string, string), string>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            names[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
        return names;
    }
}
