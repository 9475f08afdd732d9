using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// The database as the caller of the flow (<see cref="Caller.Current"/>) may see it. Every connection takes on a role (<c>cityops_caller</c>, or
/// <c>cityops_city</c> for the whole city) and is told the caller's scope, to which the row-level security of the layers' tables holds it: the second lock, behind the scope
/// that stands in the statement itself. The product's own work (<see cref="Caller.IsProduct"/>) keeps its role.
/// </summary>
/// <param name="source">Made by <see cref="Connections.Open"/>, so that geometries have a type.</param>
public sealed class CallerDatabase(NpgsqlDataSource source)
{
    const string Scoped = "cityops_caller", WholeCity = "cityops_city";
    const char BetweenCodes = '\u001f', BetweenLevels = '\u001d';

    public static implicit operator CallerDatabase(NpgsqlDataSource source) => new(source);

    /// <summary>An open connection that sees what the caller sees. The pool takes role and scope off again.</summary>
    public async Task<NpgsqlConnection> Open(CancellationToken cancel = default)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        if (Caller.Current.IsProduct)
            return connection;
        var scope = Caller.Current.Scope;
        try
        {
            await using var become = new NpgsqlCommand("select set_config('cityops.scope', $1, false), set_config('role', $2, false)", connection)
            {
                Parameters = { new() { Value = scope is null ? "" : Text(scope) }, new() { Value = scope is null ? WholeCity : Scoped } },
            };
            await become.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A statement that opens a connection when it is run and closes it when it is disposed.</summary>
    public CallerCommand CreateCommand(string sql) => new(this, sql);

    // As cityops.caller_codes reads it.
    static string Text(JurisdictionScope scope)
        => string.Join(BetweenLevels, new[] { scope.Districts, scope.Subdistricts, scope.Communities, scope.Grids, scope.Departments }.Select(codes => string.Join(BetweenCodes, codes.Select(Whole))));

    static string Whole(string code) => code.AsSpan().ContainsAny(BetweenCodes, BetweenLevels) ? throw new ArgumentException($"The code \"{code}\" of a scope holds a control character.") : code;
}
