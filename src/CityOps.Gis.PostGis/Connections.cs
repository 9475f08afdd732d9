using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Opens data sources that read and write geometries as NetTopologySuite types.</summary>
public static class Connections
{
    public static NpgsqlDataSource Open(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.UseNetTopologySuite();
        return builder.Build();
    }
}
