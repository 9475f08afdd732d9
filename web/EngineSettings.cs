using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Commands;
using Npgsql;

namespace CityOps.Gis.Web;

/// <summary>How this process holds layers and serves tiles, as the environment says: megabytes of memory, origins whose pages may read tiles.</summary>
public static class EngineSettings
{
    public const string Memory = "CITYOPS_ENGINE_MEMORY", Cache = "CITYOPS_TILE_CACHE", Cors = "CITYOPS_CORS";

    /// <summary>Where a process keeps the files of its layers.</summary>
    public static string Folder => Path.Combine(CommandContext.Root, ".data", "snapshots");

    /// <summary>Memory for layers as the environment sets it; null = the usual.</summary>
    /// <exception cref="CommandException">The setting is not a number of megabytes.</exception>
    public static long? MemoryBytes => Megabytes(Memory);

    /// <summary>The files of one database never stand in for those of another.</summary>
    /// <exception cref="CommandException">A setting is not a number of megabytes.</exception>
    public static TileEngineOptions Engine(string connectionString)
    {
        var options = new TileEngineOptions { ConnectionString = connectionString, Folder = Path.Combine(Folder, NameOf(new NpgsqlConnectionStringBuilder(connectionString))) };
        return MemoryBytes is { } bytes ? options with { MemoryBytes = bytes } : options;
    }

    /// <exception cref="CommandException">A setting is not a number of megabytes.</exception>
    public static TileServingOptions Serving()
    {
        var options = new TileServingOptions { CorsOrigins = (Environment.GetEnvironmentVariable(Cors) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
        return Megabytes(Cache) is { } bytes ? options with { CacheBytes = bytes } : options;
    }

    static long? Megabytes(string name) => Environment.GetEnvironmentVariable(name) switch
    {
        null or "" => null,
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) && megabytes < 1 << 30 => megabytes << 20,
        { } text => throw new CommandException(new($"{name}=“{text}”不是以 MB 为单位的整数。", $"{name}='{text}' is not a whole number of megabytes.")),
    };

    static string NameOf(NpgsqlConnectionStringBuilder database)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{database.Host}:{database.Port}/{database.Database}")))[..12];
}
