using CityOps.Gis.Heat;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Pages;

/// <summary>What lies in a cell of a heat map, as a question that lists and maps answer.</summary>
public static class CellQuestion
{
    const double World = 4294967296.0, Zoom = 16;

    /// <summary>
    /// The answer's question within a cell, as parameters of a URL. A cell of a lattice is asked for by its outline, whose very edge (9 mm) belongs to both its sides there.
    /// Null where a cell has no outline, and of a slice of time.
    /// </summary>
    public static string? Of(HeatAnswer answer, int cell) => Within(answer, cell) is { } query ? FeatureQueryText.Format(query) : null;

    /// <summary>Address of the map that shows the cell's layer, asked the same; null where <see cref="Of"/> is.</summary>
    public static string? OnMap(HeatAnswer answer, int cell)
    {
        if (Within(answer, cell) is not { } query)
            return null;
        // The map asks each layer for classes and statuses of its own.
        var filters = LayerFilters.None.With(query.LayerId, new(query.Classes, query.Statuses));
        var parts = new[] { $"layers={query.LayerId}", FeatureQueryText.Format(query with { Classes = [], Statuses = [] }), filters.ToString(), At(answer, cell) };
        return "/?" + string.Join('&', parts.Where(part => part.Length > 0));
    }

    static FeatureQuery? Within(HeatAnswer answer, int cell)
    {
        // No question asks for an hour or a weekday.
        if (answer.Question.At is not null)
            return null;
        var query = answer.Question.Query;
        if (answer.Lattice is { } lattice)
            return query.Polygon is not null ? null : query with { Polygon = Outline(lattice, HeatCell.Of(answer.Keys[cell])) };
        string[] codes = [answer.Codes[cell]];
        return codes[0].Length == 0 ? null : answer.Question.Cell switch
        {
            HeatCellKind.Grid => query with { Grids = codes },
            HeatCellKind.Community => query with { Communities = codes },
            HeatCellKind.Subdistrict => query with { Subdistricts = codes },
            HeatCellKind.District => query with { Districts = codes },
            _ => query with { Departments = codes },
        };
    }

    static string At(HeatAnswer answer, int cell)
        => answer.Lattice is not null && answer.Centre(cell) is var (longitude, latitude) ? $"at={new MapViewport(Zoom, Math.Round(latitude, 6), Math.Round(longitude, 6))}" : "";

    static Polygon Outline(HeatGrid lattice, HeatCell cell)
    {
        var corners = lattice.Corners(cell).Select(corner => new Coordinate(Math.Round(WebMercator.Longitude(corner.X / World), 8), Math.Round(WebMercator.Latitude(corner.Y / World), 8))).ToList();
        return new(new([.. corners, corners[0]])) { SRID = 4490 };
    }
}
