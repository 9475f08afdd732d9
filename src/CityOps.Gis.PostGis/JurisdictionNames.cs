using CityOps.Gis.Features;

namespace CityOps.Gis.PostGis;

/// <summary>Looks up what the codes of a jurisdiction are called: in the spine of today, and codes that are not valid today in the database.</summary>
public sealed class JurisdictionNames(CallerDatabase database, SpineTree spine)
{
    static readonly (string Column, string LayerId, Func<Jurisdiction, string?> Code)[] Levels =
    [
        ("district_code", "districts", one => one.District), ("subdistrict_code", "subdistricts", one => one.Subdistrict), ("community_code", "communities", one => one.Community),
        ("grid_code", "unit_grids", one => one.Grid), ("department_code", "departments", one => one.Department),
    ];

    /// <summary>The names of a jurisdiction's levels; null where the level or its name is not known.</summary>
    public sealed record Names(string? District, string? Subdistrict, string? Community, string? Grid, string? Department);

    public async Task<Names> Of(Jurisdiction jurisdiction, CancellationToken cancel = default)
    {
        var names = await Of([jurisdiction], cancel);
        var found = Levels.Select(level => level.Code(jurisdiction) is { } code ? names.GetValueOrDefault((level.Column, code)) : null).ToArray();
        return new(found[0], found[1], found[2], found[3], found[4]);
    }

    /// <summary>The names of all levels of several jurisdictions, by the column that holds the code (<see cref="LayerTable.JurisdictionColumns"/>) and the code.</summary>
    public async Task<IReadOnlyDictionary<(string Column, string Code), string>> Of(IReadOnlyCollection<Jurisdiction> jurisdictions, CancellationToken cancel = default)
    {
        var names = new Dictionary<(string, string), string>();
        var unknown = new Dictionary<string, string[]>();
        foreach (var (column, layerId, codeOf) in Levels)
        {
            var codes = jurisdictions.Select(codeOf).OfType<string>().Where(code => code != Jurisdiction.NoDistrict).Distinct().ToList();
            var known = await spine.Names(layerId, codes, cancel);
            foreach (var (code, name) in known)
                if (name is not null)
                    names[(column, code)] = name;
            if (codes.Where(code => !known.ContainsKey(code)).ToArray() is { Length: > 0 } missing)
                unknown[column] = missing;
        }
        if (unknown.Count > 0)
            await Read(unknown, names, cancel);
        return names;
    }

    // A code may have had several boundaries; the youngest has the name people know.
    async Task Read(IReadOnlyDictionary<string, string[]> codes, Dictionary<(string, string), string> names, CancellationToken cancel)
    {
        var levels = Levels.Where(level => codes.ContainsKey(level.Column)).ToList();
        await using var command = database.CreateCommand(string.Join(" union all ", levels.Select((level, at)
            => $"(select distinct on (code) '{level.Column}', code, name from {SqlName.Table(level.LayerId)} where code = any(${at + 1}) and name is not null order by code, begin_date desc nulls last)")));
        foreach (var level in levels)
            command.Parameters.Add(new() { Value = codes[level.Column] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            names[(reader.GetString(0), reader.GetString(1))] = reader.GetString(2);
    }
}
