using System.Globalization;
using CityOps.Gis.Heat;
using CityOps.Gis.Tiling;
using Npgsql;

namespace CityOps.Gis.Benchmarks;

/// <summary>
/// PostGIS's <c>group by</c> over the rivals' table: places are there in metres already, the column of a cell is a multiplication, its row <c>width_bucket</c> over the
/// city's edges. With no parallel workers and with two; the faster counts. What is sent back is one row, so that no cell has to travel.
/// </summary>
static class HeatPostGis
{
    const double World = 4294967296.0;

    public static HeatTime Run(string connection, HeatGrid lattice, HeatFilter? filter)
    {
        var sql = Sql(connection, lattice, filter);
        using var open = new NpgsqlConnection(connection);
        open.Open();
        var (best, workers) = (null as HeatTime, 0);
        foreach (var count in new[] { 0, 2 })
        {
            Set(open, string.Create(CultureInfo.InvariantCulture, $"set max_parallel_workers_per_gather = {count}"));
            var time = HeatTime.Of(() => Count(open, sql), least: filter is null ? 2 : 5);
            HeatBench.Say($"PostGIS, {(filter is null ? "all" : "filtered")}, {count} parallel workers: {time}");
            if (best is null || time.Milliseconds < best.Milliseconds)
                (best, workers) = (time, count);
        }
        HeatBench.Say($"PostGIS, {(filter is null ? "all" : "filtered")}: {workers} parallel workers are faster");
        return best!;
    }

    static string Sql(string connection, HeatGrid lattice, HeatFilter? filter)
    {
        var (south, north) = (BenchDatabase.Value<double>(connection, $"select ST_YMin(ST_Extent(geom)::geometry) from {BenchCity.RivalTable}"),
            BenchDatabase.Value<double>(connection, $"select ST_YMax(ST_Extent(geom)::geometry) from {BenchCity.RivalTable}"));
        var (first, last) = (lattice.BandOf((uint)Unit(-north)), lattice.BandOf((uint)Unit(-south)));
        // Edges in metres northwards, ascending.
        var edges = Enumerable.Range(last, first - last + 2).Select(band => TileCoord.HalfWorldMeters - lattice.EdgeOf(band) / World * 2 * TileCoord.HalfWorldMeters);
        var units = World / (2 * TileCoord.HalfWorldMeters);
        var where = filter is null ? "true" : $"district_code = '{filter.District}' and class_code = '{filter.Class}' and occurred_at >= '{filter.From:o}' and occurred_at < '{filter.To:o}'";
        return string.Create(CultureInfo.InvariantCulture, $"""
            select count(*), sum(n)::bigint, sum(n::numeric * n) from (
                select floor(floor((ST_X(geom) + {TileCoord.HalfWorldMeters:R}) * {units:R}) * {lattice.Scale / (double)(1L << HeatGrid.Fraction):R}), width_bucket(ST_Y(geom), array[{string.Join(',', edges.Select(one => one.ToString("R", CultureInfo.InvariantCulture)))}]::float8[]), count(*) as n
                from {BenchCity.RivalTable} where {where} group by 1, 2
            ) cell
            """);
    }

    static double Unit(double southwards) => (southwards + TileCoord.HalfWorldMeters) / (2 * TileCoord.HalfWorldMeters) * World;

    static HeatSum Count(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        using var reader = command.ExecuteReader();
        reader.Read();
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetDecimal(2));
    }

    static void Set(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
