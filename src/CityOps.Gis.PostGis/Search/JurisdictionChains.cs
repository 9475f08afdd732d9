using CityOps.Gis.Features;

namespace CityOps.Gis.PostGis.Search;

/// <summary>The names of where features lie, from the district down to the grid: 思明区 › 厦港街道 › 沙坡尾社区 › 350203001001003.</summary>
public sealed class JurisdictionChains(CallerDatabase source)
{
    const string Between = " › ";

    /// <summary>The chain of each jurisdiction; empty for one outside every boundary. A code without a name stands for itself.</summary>
    public async Task<IReadOnlyList<string>> Of(IReadOnlyList<Jurisdiction> jurisdictions, CancellationToken cancel = default)
    {
        if (jurisdictions.Count == 0)
            return [];
        await using var command = source.CreateCommand("""
            select code, name from gis.districts where code = any($1) union all select code, name from gis.subdistricts where code = any($2) union all select code, name from gis.communities where code = any($3)
            """);
        foreach (var codes in new[] { jurisdictions.Select(one => (string?)one.District), jurisdictions.Select(one => one.Subdistrict), jurisdictions.Select(one => one.Community) })
            command.Parameters.Add(new() { Value = codes.OfType<string>().Distinct().ToArray() });
        var names = new Dictionary<string, string>();
        await using (var reader = await command.ExecuteReaderAsync(cancel))
            while (await reader.ReadAsync(cancel))
                names[reader.GetString(0)] = reader.IsDBNull(1) ? reader.GetString(0) : reader.GetString(1);
        return [.. jurisdictions.Select(one => string.Join(Between, Levels(one).Select(code => names.GetValueOrDefault(code, code))))];
    }

    static IEnumerable<string> Levels(Jurisdiction jurisdiction)
        => new[] { jurisdiction.District == Jurisdiction.NoDistrict ? null : jurisdiction.District, jurisdiction.Subdistrict, jurisdiction.Community, jurisdiction.Grid }.OfType<string>();
}
