using CityOps.Gis.Access;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// Connections that know who asks and whether he supervises: where people at work were, what counts for them and what they object to is their own, and of those who supervise within their
/// scope (row-level security, <c>sql/0034</c>, <c>sql/0046</c>).
/// </summary>
static class PersonConnection
{
    /// <summary>An open connection of the caller of the flow. The pool forgets what it was told.</summary>
    public static async Task<NpgsqlConnection> Open(CallerDatabase database, CancellationToken cancel)
    {
        var connection = await database.Open(cancel);
        try
        {
            var permissions = Caller.Current.May(Permission.SuperviseCases) ? nameof(Permission.SuperviseCases) : "";
            await using var tell = new NpgsqlCommand("select set_config('cityops.person', $1, false), set_config('cityops.permissions', $2, false)", connection)
            {
                Parameters = { new() { Value = Caller.Current.Id ?? "" }, new() { Value = permissions } },
            };
            await tell.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
