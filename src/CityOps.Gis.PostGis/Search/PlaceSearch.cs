using CityOps.Gis.Crs;
using CityOps.Gis.Features;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.PostGis.Search;

/// <summary>Finds the place that a typed coordinate means, and where it belongs.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class PlaceSearch(CallerDatabase source)
{
    /// <summary>The place, or null for a text that is no coordinate.</summary>
    /// <param name="offset">The web map's shift that the coordinate carries and that is taken out; taken for none unless somebody says so.</param>
    public async Task<(double Longitude, double Latitude, CrsDefinition Crs, Jurisdiction Jurisdiction)?> Find(string text, MapOffset offset, CancellationToken cancel = default)
    {
        if (text.Length > FeatureSearch.MostCharacters || !text.Any(char.IsAsciiDigit))
            return null;
        if (PlaceText.Parse(text, null) is null && PlaceText.Parse(text, CrsCatalog.Zone3(117)) is null)
            return null;
        if (PlaceText.Parse(text, await Plane(cancel)) is not { } place)
            return null;
        var (longitude, latitude) = offset switch
        {
            MapOffset.Gcj02 => Gcj02.ToWgs84(place.Longitude, place.Latitude),
            MapOffset.Bd09 => Bd09.ToWgs84(place.Longitude, place.Latitude),
            _ => (place.Longitude, place.Latitude),
        };
        return (longitude, latitude, place.Crs, await JurisdictionAt(longitude, latitude, cancel));
    }

    // The 3° zone in which the city lies.
    async Task<CrsDefinition?> Plane(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select (ST_XMin(box) + ST_XMax(box)) / 2 from (select ST_Extent(geom) as box from gis.districts) city where box is not null");
        return await command.ExecuteScalarAsync(cancel) is double longitude ? CrsCatalog.Zone3(longitude) : null;
    }

    async Task<Jurisdiction> JurisdictionAt(double longitude, double latitude, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select grid_code, community_code, subdistrict_code, district_code from cityops.assign_jurisdiction($1, null, null)");
        command.Parameters.Add(new() { Value = new Point(longitude, latitude) { SRID = LayerTable.StoredSrid } });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new(Text(0), Text(1), Text(2), Text(3) ?? Jurisdiction.NoDistrict, null);
    }
}
