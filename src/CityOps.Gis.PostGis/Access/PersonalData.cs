using Npgsql;

namespace CityOps.Gis.PostGis.Access;

/// <summary>Personal data that are kept for a time only, and those that go with a person (<c>sql/0041_personal_data.sql</c>). The product's own work.</summary>
public sealed class PersonalData(NpgsqlDataSource source)
{
    /// <summary>Forgets what is older than these moments.</summary>
    /// <param name="positions">Where people were last.</param>
    /// <param name="pictures">Of detections that never became a case, and of cameras that send none any more.</param>
    /// <param name="sessions">That have ended, and what people were told of their way of signing in and know of.</param>
    /// <param name="patrols">Patrols, notes on them, and visits of grids by person.</param>
    /// <returns>How much of each kind that was.</returns>
    public async Task<IReadOnlyDictionary<string, long>> Forget(DateTimeOffset positions, DateTimeOffset pictures, DateTimeOffset sessions, DateTimeOffset patrols, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand("select what, rows from cityops.forget_personal($1, $2, $3, $4)");
        foreach (var moment in new[] { positions, pictures, sessions, patrols })
            command.Parameters.Add(new() { Value = moment.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var forgotten = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancel))
            forgotten.Add(reader.GetString(0), reader.GetInt64(1));
        return forgotten;
    }

    /// <summary>Takes the personal data of somebody out who is shut out already, within what the connection is doing; his number stays where he did something, under the pseudonym.</summary>
    /// <returns>As JSON: how many rows of which table were changed.</returns>
    public static async Task<string> TakeOut(NpgsqlConnection connection, Guid id, string userName, string name, CancellationToken cancel = default)
    {
        await using var command = new NpgsqlCommand("select access.take_out_person($1, $2, $3)::text", connection);
        foreach (var value in new object[] { id, userName, name })
            command.Parameters.Add(new() { Value = value });
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }
}
