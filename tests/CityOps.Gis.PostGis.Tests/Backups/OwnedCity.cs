using System.Globalization;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using Npgsql;

namespace CityOps.Gis.Tests.PostGis.Backups;

/// <summary>Two databases of a user who owns them and may make roles, as the installation must, and nothing else: an installed one, and a bare one. PostGIS was put there by an administrator.</summary>
sealed class OwnedCity : IAsyncDisposable
{
    static int _made;
    readonly PostGisDatabase _server;
    readonly string _user;

    OwnedCity(PostGisDatabase server, string user) => (_server, _user) = (server, user);

    public string Database => Of("installed");
    public string Bare => Of("bare");

    public static async Task<OwnedCity> Make(LivedInCity city)
    {
        _ = city.Database.Source;
        var owned = new OwnedCity(city.Database, string.Create(CultureInfo.InvariantCulture, $"owner_{Environment.ProcessId}_{++_made}"));
        await city.Database.Run($"create role {owned._user} login createrole");
        foreach (var database in new[] { owned.Database, owned.Bare })
        {
            await city.Database.Run($"create database {Name(database)} owner {owned._user}");
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(city.Database.ConnectionString) { Database = Name(database), Pooling = false }.ConnectionString);
            await using var extension = source.CreateCommand("create extension postgis");
            await extension.ExecuteNonQueryAsync();
        }
        await Installation.Prepare(owned.Database, PostGisDatabase.Catalog);
        return owned;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.Run($"drop database if exists {Name(Database)} with (force)");
        await _server.Run($"drop database if exists {Name(Bare)} with (force)");
        await _server.Run($"drop role {_user}");
    }

    static string Name(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    string Of(string what) => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = $"{_user}_{what}", Username = _user, Pooling = false }.ConnectionString;
}
