namespace CityOps.Gis.PostGis.Cases;

/// <summary>The departments that cases can be dispatched to: those of today.</summary>
public sealed class CaseDepartments(CallerDatabase source)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> All(CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select distinct on (name, code) code, name from gis.departments where name is not null and (end_date is null or end_date > current_date) order by name, code
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var all = new List<(string, string)>();
        while (await reader.ReadAsync(cancel))
            all.Add((reader.GetString(0), reader.GetString(1)));
        return all;
    }
}
