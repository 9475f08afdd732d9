using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Union;

namespace CityOps.Gis.PostGis;

/// <summary>What the database knows of the city: the codes a delivery may use and the area it must lie in.</summary>
/// <param name="Divisions">Codes of the districts (区).</param>
/// <param name="Area">Districts together, EPSG:4490; null while there are none.</param>
public sealed record SpineFacts(IReadOnlySet<string> Divisions, IReadOnlySet<string> Departments, Geometry? Area)
{
    /// <param name="source">Made by <see cref="Connections.Open"/>.</param>
    public static async Task<SpineFacts> Load(CallerDatabase source, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        var divisions = await Sql.Column<string>(connection, "select code from gis.districts where code is not null", cancel);
        var departments = await Sql.Column<string>(connection, "select code from gis.departments where code is not null", cancel);
        var outlines = await Sql.Column<Geometry>(connection, "select geom from gis.districts where geom is not null", cancel);
        return new(divisions.ToHashSet(), departments.ToHashSet(), outlines.Count == 0 ? null : UnaryUnionOp.Union(outlines));
    }
}
