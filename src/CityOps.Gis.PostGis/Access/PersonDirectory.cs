using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Access;

/// <summary>The people of the product with their roles and scopes (<c>access.person</c> and what hangs on it). Passwords are ASP.NET Core Identity's.</summary>
public sealed class PersonDirectory(NpgsqlDataSource source)
{
    /// <summary>People that a list shows at a time.</summary>
    public const int PageSize = 50;

    static string Columns => $"{Sessions.RightsColumns}, {ScopeCodes.Select("person_scope", "person_id", "p.id")}, p.is_disabled, p.two_factor_enabled, coalesce(p.lockout_end > clock_timestamp(), false), (select max(seen_at) from access.session where person_id = p.id), p.taken_out_at";

    /// <summary>Some of the people, by sign-in name.</summary>
    /// <param name="after">Sign-in name of the last one of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<ListedPerson>> List(PersonFilter filter, string? after, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select {Columns} from access.person p
            where (position(lower($1) in lower(p.user_name)) > 0 or position(lower($1) in lower(p.display_name)) > 0) and p.normalized_user_name > $2
                and ($3::text is null or exists (select from access.person_role r where r.person_id = p.id and r.role = $3))
                and ($4::text is null or exists (select from access.person_scope s where s.person_id = p.id and s.level = 'department' and s.code = $4))
            order by p.normalized_user_name limit {PageSize}
            """);
        command.Parameters.Add(new() { Value = filter.Words });
        command.Parameters.Add(new() { Value = after?.ToUpperInvariant() ?? "" });
        command.Parameters.Add(new() { Value = (object?)filter.Role ?? DBNull.Value });
        command.Parameters.Add(new() { Value = (object?)filter.Department ?? DBNull.Value });
        return await Read(command, cancel);
    }

    public async Task<ListedPerson?> Find(Guid id, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"select {Columns} from access.person p where p.id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await Read(command, cancel)).FirstOrDefault();
    }

    /// <summary>How many people who can sign in have each role.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountByRole(CancellationToken cancel = default)
        => await Counts("select r.role, count(*)::int from access.person_role r join access.person p on p.id = r.person_id where not p.is_disabled group by 1", cancel);

    /// <summary>How many people who can sign in have each department in their scope, by its code; those of the whole city are not among them.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountByDepartment(CancellationToken cancel = default)
        => await Counts("select s.code, count(*)::int from access.person_scope s join access.person p on p.id = s.person_id where s.level = 'department' and not p.is_disabled and not p.sees_whole_city group by 1", cancel);

    async Task<IReadOnlyDictionary<string, int>> Counts(string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<string, int>();
        while (await reader.ReadAsync(cancel))
            counts.Add(reader.GetString(0), reader.GetInt32(1));
        return counts;
    }

    /// <summary>Is there an administrator of the whole city who can sign in?</summary>
    /// <param name="except">Beside this person; null for anybody.</param>
    public async Task<bool> HasAdministrator(Guid? except = null, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("""
            select exists (select from access.person p join access.person_role r on r.person_id = p.id
            where r.role = 'administrator' and p.sees_whole_city and not p.is_disabled and p.id is distinct from $1)
            """);
        command.Parameters.Add(new() { Value = (object?)except ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Gives a person these roles and this scope instead of what they had, within what the connection is doing.</summary>
    public static async Task SetRights(NpgsqlConnection connection, Guid id, IReadOnlyCollection<string> roles, bool seesWholeCity, JurisdictionScope scope, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand("""
            with kept as (update access.person set sees_whole_city = $3 where id = $1),
                wanted_roles as (select distinct unnest($2) as role),
                roles_gone as (delete from access.person_role where person_id = $1 and role not in (select role from wanted_roles)),
                roles_new as (insert into access.person_role (person_id, role) select $1, role from wanted_roles on conflict do nothing),
                wanted as (select distinct split_part(one, ':', 1) as level, split_part(one, ':', 2) as code from unnest($4) one),
                gone as (delete from access.person_scope where person_id = $1 and (level, code) not in (select level, code from wanted))
            insert into access.person_scope (person_id, level, code) select $1, level, code from wanted on conflict do nothing
            """, connection);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = roles.ToArray() });
        command.Parameters.Add(new() { Value = seesWholeCity });
        command.Parameters.Add(new() { Value = ScopeCodes.Of(scope) });
        await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task<IReadOnlyList<ListedPerson>> Read(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var people = new List<ListedPerson>();
        while (await reader.ReadAsync(cancel))
            people.Add(new(Sessions.Read(reader), reader.GetBoolean(6), reader.GetBoolean(7), reader.GetBoolean(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
                reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10)));
        return people;
    }
}
