using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>Counts what answers a question within a bound of time: exactly where the database is done by then, else as its planner estimates.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeatureCounts(CallerDatabase source)
{
    /// <summary>Milliseconds after which counting gives way to an estimate; planning and two ways to the database come on top.</summary>
    const int MostMilliseconds = 25;

    public async Task<MatchCount> Count(LayerDefinition layer, FeatureQuery query, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var from = $"from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}";
        await using var connection = await source.Open(cancel);
        // The estimate costs a plan and nothing else; a large one says that counting would be in vain.
        await using var explain = filter.Command(connection, $"explain (format json) select 1 {from}");
        var estimate = Rows((string)(await explain.ExecuteScalarAsync(cancel))!);
        return estimate <= MostCounted && await Exact(connection, filter, from, cancel) is { } exact ? new(exact, true) : new(estimate, false);
    }

    /// <summary>Estimates above this are not counted: reading so many rows takes longer than <see cref="MostMilliseconds"/> whatever the plan.</summary>
    const long MostCounted = 500_000;

    static async Task<long?> Exact(NpgsqlConnection connection, SqlFilter filter, string from, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var bound = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {MostMilliseconds}"), connection);
        await bound.ExecuteNonQueryAsync(cancel);
        await using var count = filter.Command(connection, $"select count(*) {from}");
        try
        {
            return (long)(await count.ExecuteScalarAsync(cancel))!;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.QueryCanceled && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    static long Rows(string plan)
    {
        using var document = JsonDocument.Parse(plan);
        return (long)document.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }
}
