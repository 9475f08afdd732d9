using CityOps.Gis.Access;
using Npgsql;

namespace CityOps.Gis.PostGis.Emergencies;

/// <summary>People who may be given a task of an emergency: those who have to do with its area, with a department or with the whole city. For those who command it.</summary>
public sealed class EmergencyPeople(CallerDatabase source)
{
    /// <summary>People that a list holds at most.</summary>
    public const int Most = 20;

    /// <summary>Those whose name has a text in it, by name; none for who does not command.</summary>
    public async Task<IReadOnlyList<Addressee>> Find(long emergency, string? text, CancellationToken cancel = default)
    {
        if (!Caller.Current.May(Permission.CommandEmergencies))
            return [];
        await using var work = await CallerTransaction.Begin(source, cancel);
        await using var command = new NpgsqlCommand($"select id, name from command.people($1) where $2 = '' or strpos(lower(name), lower($2)) > 0 order by name, id limit {Most}", work.Connection)
        {
            Parameters = { new() { Value = emergency }, new() { Value = text?.Trim() ?? "" } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var people = new List<Addressee>();
        while (await reader.ReadAsync(cancel))
            people.Add(new(Addressee.Person, reader.GetString(0), reader.GetString(1)));
        return people;
    }
}
