using CityOps.Gis.Cameras;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Surroundings;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Cameras;

/// <summary>What a camera sees, and which cameras see a place, as far as the caller of the flow sees either. Sight is the sector of <see cref="CameraView"/>; nothing stands in its way.</summary>
/// <param name="zone">The city's projected system; null = the 3° zone in which the camera stands.</param>
public sealed class CameraSight(CallerDatabase database, LayerCatalog catalog, FeatureSurroundings surroundings, CrsDefinition? zone)
{
    /// <summary>Cameras in a list.</summary>
    public const int Most = 200;

    /// <summary>The sector of a camera as the map, lists and <see cref="Sees"/> have it.</summary>
    public NetTopologySuite.Geometries.Polygon SectorOf(CameraView view) => view.Sector(zone);

    /// <summary>Features of a layer that touch the sector: the question with its polygon, so that a list, a count and a map of it agree.</summary>
    /// <param name="fid">Of the camera: it does not see itself.</param>
    public async Task<SeenLayer> Sees(CameraView view, long fid, LayerDefinition layer, int most, CancellationToken cancel = default)
        => new(layer, await surroundings.Near(layer, new(layer.Id) { Polygon = SectorOf(view), Near = new(view.Longitude, view.Latitude, view.RangeMeters) }, layer.Id == CameraTables.LayerId ? fid : null, most, cancel));

    /// <summary>
    /// Cameras that see a place, the nearest first, with how many there are. The box of the farthest camera is for the spatial index, each camera's own range in degrees for what is
    /// left, and the ellipsoid (distance and azimuth) for what is left of that.
    /// </summary>
    /// <param name="longitude">Degrees (EPSG:4490).</param>
    /// <param name="latitude">Degrees (EPSG:4490).</param>
    public async Task<(long Count, IReadOnlyList<SeeingCamera> First)> Seeing(double longitude, double latitude, int most = Most, CancellationToken cancel = default)
    {
        if (catalog.Find(CameraTables.LayerId) is not { } layer || await Farthest(cancel) is not (> 0 and var farthest))
            return (0, []);
        var filter = Filter(layer, longitude, latitude, farthest);
        var place = $"ST_SetSRID(ST_MakePoint({filter.Value(longitude)}, {filter.Value(latitude)}), {LayerTable.StoredSrid})::geography";
        await using var command = filter.Command(database, $"""
            select fid, camera_id, name, status, meters, coalesce(degrees(azimuth), direction), count(*) over ()
            from (select *, ST_Distance(geom::geography, {place}) as meters, ST_Azimuth(geom::geography, {place}) as azimuth from {SqlName.Table(layer.Id)} where {filter.Where} offset 0) near
            where meters <= least(range_m, {CameraView.FarthestMeters}) and cameras.looks_at(direction, field_of_view, azimuth)
            order by meters, fid limit {Math.Clamp(most, 1, Most)}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (count, first) = (0L, new List<SeeingCamera>());
        for (; await reader.ReadAsync(cancel); count = reader.GetInt64(6))
            first.Add(Camera(reader));
        return (count, first);
    }

    // Degrees of a camera's range, a little more than they are (a degree of latitude is 110.57 km or more).
    static SqlFilter Filter(LayerDefinition layer, double longitude, double latitude, double farthest)
    {
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id) { Box = new NearPlace(longitude, latitude, farthest).Box });
        var (east, north) = (filter.Value(longitude), filter.Value(latitude));
        var shrink = filter.Value(Math.Cos(Math.Min(Math.Abs(latitude) + 0.1, 89.9) * Math.PI / 180));
        filter.And($"abs(ST_Y(geom) - {north}) * 110000 <= range_m and abs(ST_X(geom) - {east}) * 110000 * {shrink} <= range_m and field_of_view > 0 and direction is not null");
        return filter;
    }

    async Task<double> Farthest(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select cameras.farthest()");
        return Math.Min((double)(await command.ExecuteScalarAsync(cancel))!, CameraView.FarthestMeters);
    }

    static SeeingCamera Camera(NpgsqlDataReader row)
        => new(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetDouble(4), row.GetDouble(5));
}
