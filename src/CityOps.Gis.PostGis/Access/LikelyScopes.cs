using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Access;

/// <summary>Scopes in which there is something to see, for the people of a demonstration: the areas and the department with the most components.</summary>
public sealed class LikelyScopes(NpgsqlDataSource source)
{
    public async Task<JurisdictionScope> District(CancellationToken cancel = default) => new() { Districts = await Most("district_code", cancel) };

    public async Task<JurisdictionScope> Community(CancellationToken cancel = default) => new() { Communities = await Most("community_code", cancel) };

    public async Task<JurisdictionScope> Department(CancellationToken cancel = default) => new() { Departments = await Most("department_code", cancel) };

    async Task<string[]> Most(string column, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select {column} from gis.components where {column} is not null and {column} <> '000000' group by 1 order by count(*) desc, 1 limit 1");
        return await command.ExecuteScalarAsync(cancel) is string code ? [code] : [];
    }
}
