using CityOps.Gis.Access;
using CityOps.Gis.Cameras;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>The cameras that a sender may send for: those within the scope of <see cref="Caller.Current"/>, also where it may see nothing.</summary>
public sealed class CameraRoster(CallerDatabase database, LayerCatalog catalog)
{
    /// <summary>The camera of an id; null where there is none, or it lies outside the scope.</summary>
    public async Task<KnownCamera?> Find(string cameraId, CancellationToken cancel = default)
    {
        if (Layer() is not { } layer)
            return null;
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        await using var command = filter.Command(database, $"""
            select fid, ST_X(geom), ST_Y(geom), direction, field_of_view, range_m, height_m, tilt from {SqlName.Table(layer.Id)} where {filter.Where} and camera_id = {filter.Value(cameraId)} order by valid_from desc limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel) || reader.IsDBNull(1))
            return null;
        double? Number(int column) => reader.IsDBNull(column) || !double.IsFinite(reader.GetDouble(column)) ? null : reader.GetDouble(column);
        return new(reader.GetInt64(0), reader.GetDouble(1), reader.GetDouble(2), Number(3), Number(4), Number(5) is > 0 and { } range ? Math.Min(range, CameraView.FarthestMeters) : null, Number(6), Number(7));
    }

    // A key that sends need not see: the layer is the product's, the scope its own.
    LayerDefinition? Layer()
    {
        using var _ = Caller.Product.Enter();
        return catalog.Find(CameraTables.LayerId);
    }
}
