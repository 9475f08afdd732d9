using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis;

/// <summary>Where features of given keys lie now.</summary>
public sealed class KnownPlaces(CallerDatabase source)
{
    /// <summary>Longitude and latitude (EPSG:4490) by key, of point features only.</summary>
    public async Task<IReadOnlyDictionary<string, (double Longitude, double Latitude)>> Find(LayerDefinition layer, IEnumerable<string> keys, CancellationToken cancel = default)
    {
        await using var command = source.CreateCommand($"""
            select {SqlName.Quote(layer.Key)}::text, ST_X(geom), ST_Y(geom) from {SqlName.Table(layer.Id)}
            where {SqlName.Quote(layer.Key)} = any($1) and ST_GeometryType(geom) = 'ST_Point'
            """);
        command.Parameters.Add(new() { Value = keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var places = new Dictionary<string, (double, double)>();
        while (await reader.ReadAsync(cancel))
            places[reader.GetString(0)] = (reader.GetDouble(1), reader.GetDouble(2));
        return places;
    }
}
