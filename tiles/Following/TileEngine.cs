using Microsoft.Extensions.DependencyInjection;

namespace CityOps.Gis.Tiles.Following;

/// <summary>Registers what keeps the layers of <see cref="LiveLayers"/> in memory.</summary>
public static class TileEngine
{
    /// <summary>Needs <see cref="LiveLayers"/> and an <see cref="Npgsql.NpgsqlDataSource"/> as services.</summary>
    public static IServiceCollection AddTileEngine(this IServiceCollection services, TileEngineOptions options)
        => services.AddSingleton(options).AddSingleton<Follower>().AddHostedService(provider => provider.GetRequiredService<Follower>());
}
