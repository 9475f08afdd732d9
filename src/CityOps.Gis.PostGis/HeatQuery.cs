using CityOps.Gis.Heat;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>
/// Counts features by cell with PostgreSQL: the executor of heat maps where a layer is not in memory, and the oracle of the one that is. Cells are decided by the
/// integers of <see cref="HeatGrid"/>: the step by multiplication, the band by <c>width_bucket</c> over the bands' edges.
/// </summary>
public sealed class HeatQuery(CallerDatabase source)
{
    // Degrees around the city in which edges of bands are sent along; what lies farther off comes back one by one and is placed here.
    const double Margin = 0.5;

    /// <exception cref="PostgresException">The database refused the statement.</exception>
    public async Task<HeatCounts> Count(LayerDefinition layer, HeatTally tally, CancellationToken cancel = default)
    {
        await using var connection = await source.Open(cancel);
        // Cells and slices are two statements and must see the same features.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var rows = new HeatRows(tally);
        var edges = tally.Lattice is { } lattice ? await HeatEdges.Around(connection, layer, lattice, Margin, cancel) : null;
        await Read(connection, layer, tally, edges, false, rows, cancel);
        if (tally.Slice != HeatSlice.None)
            await Read(connection, layer, tally, edges, true, rows, cancel);
        return rows.Counts();
    }

    static async Task Read(NpgsqlConnection connection, LayerDefinition layer, HeatTally tally, HeatEdges? edges, bool slices, HeatRows rows, CancellationToken cancel)
    {
        var filter = QueryCompiler.Compile(layer, tally.Query);
        var sql = Sql(layer, tally, edges, slices, filter);
        await using var command = filter.Command(connection, sql);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            rows.Add(reader, slices);
    }

    static string Sql(LayerDefinition layer, HeatTally tally, HeatEdges? edges, bool slices, SqlFilter filter)
    {
        var asked = $"{QueryCompiler.Source(layer, tally.Query, filter)} where {filter.Where}";
        var (wanted, carried) = slices ? ($"{Slice(tally.Slice)} as slice, count(*)", ", occurred_at") : (Measures(tally), Fields(tally));
        var last = slices ? ", slice" : "";
        if (edges is null)
            return $"select {tally.AreaColumn}, {wanted} from {asked} group by {tally.AreaColumn}{last}";
        // "offset 0" keeps PostgreSQL from working a place out again for every use of it.
        var spots = $"""
            select {World("u")} as x, {World("v")} as y{carried}
            from (select cityops.mercator_u(cityops.spot_x(geom)) as u, cityops.mercator_v(cityops.spot_y(geom)) as v{carried} from {asked} offset 0) spot offset 0
            """;
        return $"""
            select cell_column, cell_row, stray_x, stray_y, {wanted}
            from ({edges.Cells(spots, filter)}) celled
            group by cell_column, cell_row, stray_x, stray_y{last}
            """;
    }

    // World units as WorldBox has them: beyond the square's edge counts as its edge. Greatest and least pass nulls over.
    static string World(string share) => $"case when {share} is not null then greatest(0, least(4294967295, floor({share} * 4294967296)))::bigint end";

    static string Measures(HeatTally tally)
        => "count(*)" + (tally.SumField is { } sum ? $", sum({SqlName.Quote(sum)})::float8, count({SqlName.Quote(sum)})" : "")
            + (tally.DistinctField is { } distinct ? $", array_agg(distinct {SqlName.Quote(distinct)})" : "");

    static string Fields(HeatTally tally)
        => string.Concat(new[] { tally.SumField, tally.DistinctField }.OfType<string>().Select(field => ", " + SqlName.Quote(field)));

    // Beijing time; an infinite time is in no slice.
    static string Slice(HeatSlice slice)
    {
        const string time = "(occurred_at at time zone 'UTC' + interval '8 hours')";
        return $"case when isfinite(occurred_at) then {slice switch
        {
            HeatSlice.Hour => $"extract(hour from {time})::int",
            HeatSlice.Weekday => $"extract(isodow from {time})::int",
            HeatSlice.Day => $"{time}::date - date '2000-01-01'",
            _ => $"(extract(year from {time}) * 12 + extract(month from {time}) - 1)::int",
        }} end";
    }
}
