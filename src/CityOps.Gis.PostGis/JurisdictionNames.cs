using CityOps.Gis.Features;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Looks up what the codes of a jurisdiction are called.</summary>
public sealed class JurisdictionNames(NpgsqlDataSource database)
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
}
