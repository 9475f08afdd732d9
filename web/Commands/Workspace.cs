using System.CommandLine;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using Npgsql;

namespace CityOps.Gis.Web.Commands;

/// <summary>What most commands work on: the layers, and a database that is running and up to date.</summary>
public sealed class Workspace : IAsyncDisposable
{
    readonly OpenDatabase _database;

    Workspace(OpenDatabase database, LayerCatalog catalog)
    {
        (_database, Catalog) = (database, catalog);
        Source = Connections.Open(database.ConnectionString);
    }

    public LayerCatalog Catalog { get; }
    public NpgsqlDataSource Source { get; }
    public string ConnectionString => _database.ConnectionString;

    /// <summary>Folders of layer definitions: the product's own, <c>.data/layers</c>, and those that <c>CITYOPS_LAYERS</c> names, separated by <c>:</c>.</summary>
    public static string[] LayerFolders =>
    [
        Path.Combine(AppContext.BaseDirectory, "layers"),
        Path.Combine(CommandContext.Root, ".data", "layers"),
        .. (Environment.GetEnvironmentVariable("CITYOPS_LAYERS") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <exception cref="LayerDefinitionException">A definition has a fault.</exception>
    public static async Task<Workspace> Open(ParseResult parsed, CancellationToken cancel)
    {
        var catalog = LayerCatalog.Load(LayerFolders);
        var database = await parsed.Database(cancel);
        try
        {
            await Installation.Prepare(database.ConnectionString, catalog, cancel);
            return new(database, catalog);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Keeps the program's own database up until disposed; null where it is another's.</summary>
    internal DatabaseKeeper? KeepDatabase(Output output) => _database.Keep(output);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
