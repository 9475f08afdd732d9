using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>
/// Counts what answers a question within a bound of time: exactly where the database is done by then, else as its planner estimates. The planner knows of all rows, so a caller
/// with a scope is told an exact number or none (<see cref="MatchCount.Unknown"/>).
/// </summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeatureCounts(CallerDatabase source)
{
    /// <summary>Milliseconds after which counting gives way to an estimate; planning and two ways to the database come on top.</summary>
    const int MostMilliseconds = 25;

    /// <summary>For a caller with a scope there is no estimate to give way to.</summary>
    const int MostMillisecondsInScope = 2_000;

    public async Task<MatchCount> Count(LayerDefinition layer, FeatureQuery query, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var from = $"from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}";
        await using var connection = await source.Open(cancel);
        if (query.Scope is not null)
            return await Exact(connection, filter, from, MostMillisecondsInScope, cancel) is { } own ? new(own, true) : MatchCount.Unknown;
        // The estimate costs a plan and nothing else; a large one says that counting would be in vain.
        await using var explain = filter.Command(connection, $"explain (format json) select 1 {from}");
        var estimate = Rows((string)(await explain.ExecuteScalarAsync(cancel))!);
        return estimate <= MostCounted && await Exact(connection, filter, from, MostMilliseconds, cancel) is { } exact ? new(exact, true) : new(estimate, false);
    }

    /// <summary>Counts to the end, however long it takes.</summary>
    public async Task<MatchCount> Whole(LayerDefinition layer, FeatureQuery query, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        await using var command = filter.Command(source, $"select count(*) from {QueryCompiler.Source(layer, query, filter)} where {filter.Where}");
        return new((long)(await command.ExecuteScalarAsync(cancel))!, true);
    }

    /// <summary>Estimates above this are not counted: reading so many rows takes longer than <see cref="MostMilliseconds"/> whatever the plan.</summary>
    const long MostCounted = 500_000;

    static async Task<long?> Exact(NpgsqlConnection connection, SqlFilter filter, string from, int most, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var bound = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"set local statement_timeout = {most}"), connection);
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
