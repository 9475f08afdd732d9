using CityOps.Gis.PostGis.Patrols;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace CityOps.Gis.Web.Emergencies;

/// <summary>Who is on the street in an area: those of the grid staff whose phones told lately where they are, as far as the caller may see them (<see cref="OfficerPositions"/>).</summary>
public sealed class OfficersThere(OfficerPositions positions, TimeProvider clock)
{
    /// <summary>Who was not heard of for longer may be anywhere.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(30);

    /// <summary>The latest first.</summary>
    /// <param name="area">Degrees (EPSG:4490).</param>
    public async Task<IReadOnlyList<OfficerPosition>> Within(Geometry area, CancellationToken cancel = default)
    {
        var prepared = PreparedGeometryFactory.Prepare(area);
        return [.. (await positions.Since(clock.GetUtcNow() - Lately, area.EnvelopeInternal, cancel)).Where(one => prepared.Covers(new Point(one.Longitude, one.Latitude)))];
    }
}
