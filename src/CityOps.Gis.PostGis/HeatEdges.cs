using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Edges of a lattice's bands around the city, ascending in world units: those of the northernmost band first.</summary>
sealed class HeatEdges
{
    readonly HeatGrid _lattice;
    readonly int _north;
    readonly long[] _edges;

    HeatEdges(HeatGrid lattice, double south, double north)
    {
        (_lattice, _north) = (lattice, lattice.BandOf(Unit(north)));
        var bands = _north - lattice.BandOf(Unit(south)) + 1;
        _edges = [.. Enumerable.Range(0, bands + 1).Select(at => lattice.EdgeOf(_north + 1 - at))];
    }

    /// <summary>Around the districts, or around the layer where there are none.</summary>
    public static async Task<HeatEdges> Around(NpgsqlConnection connection, LayerDefinition layer, HeatGrid lattice, double margin, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            select ST_YMin(box), ST_YMax(box)
            from (select coalesce(
                (select ST_Extent(geom) from gis.districts),
                (select ST_Extent(part.geom) from (select geom from {SqlName.Table(layer.Id)} limit 10000) part)) as box) whole
            where box is not null
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? new(lattice, reader.GetDouble(0) - margin, reader.GetDouble(1) + margin) : new(lattice, 0, 0);
    }

    /// <summary>A select that gives each row of another, which has x and y, its cell, or its place where it lies beyond the edges.</summary>
    public string Cells(string spots, SqlFilter filter)
    {
        var (edges, scale) = (filter.Value(_edges), filter.Value(_lattice.Scale));
        var banded = $"""
            select *, (x * {scale}) >> {HeatGrid.Fraction} as step, {_north + 1} - width_bucket(y, {edges}::bigint[]) as band,
                y >= {_edges[0]} and y < {_edges[^1]} as near
            from ({spots}) placed
            """;
        return _lattice.IsHexagonal ? Hexagons(banded, edges, scale) : $"""
            select *, case when near then step end as cell_column, case when near then band end as cell_row,
                case when not near then x end as stray_x, case when not near then y end as stray_y
            from ({banded}) banded
            """;
    }

    // The arithmetic is that of HeatGrid.Hexagon.
    string Hexagons(string banded, string edges, string scale) => $"""
        select *, (step - (cell_row & 1)) >> 1 as cell_column, case when not near then x end as stray_x, case when not near then y end as stray_y
        from (
            select *, case when near then (band >> 1) + case when (band & 1) = 1 and not
                (y - north) * (east - west) >= (south - north) * case when ((step - (band >> 1)) & 1) = 0 then east - x else x - west end then 1 else 0 end end as cell_row
            from (
                select *, ({edges}::bigint[])[{_north + 1} - band] as north, ({edges}::bigint[])[{_north + 2} - band] as south,
                    ((step << {HeatGrid.Fraction}) + {scale} - 1) / {scale} as west, (((step + 1) << {HeatGrid.Fraction}) + {scale} - 1) / {scale} as east
                from ({banded}) banded
            ) cornered
        ) rowed
        """;

    static uint Unit(double latitude) => (uint)Math.Clamp(Tiling.WebMercator.V(Math.Clamp(latitude, -89, 89)) * 4294967296.0, 0, uint.MaxValue);
}
