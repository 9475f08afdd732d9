using CityOps.Gis.Cases;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>Brings the tables of moves (<see cref="CaseMoves.All"/>) and of the steps of parts (<see cref="PartSteps.All"/>) into the database and puts its guards on the layer of cases.</summary>
public static class CaseTables
{
    /// <summary>The layer whose features are cases.</summary>
    public const string LayerId = "cases";

    /// <summary>Running it again changes nothing. An installation without the layer has no cases.</summary>
    public static async Task Ensure(NpgsqlConnection connection, LayerCatalog catalog, CancellationToken cancel = default)
    {
        if (catalog.Find(LayerId) is null)
            return;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Sql.Run(connection, "select pg_advisory_xact_lock(hashtext('cases.move_rule')); delete from cases.move_rule; delete from cases.part_rule", cancel);
        foreach (var move in CaseMoves.All)
            foreach (var from in move.From.Count == 0 ? [null] : move.From.Select(CaseStage? (stage) => stage))
                await Write(connection, move, from, cancel);
        foreach (var step in PartSteps.All)
            foreach (var from in step.From)
                await Write(connection, step, from, cancel);
        await Sql.Run(connection, "select cases.attach(), cases.ensure_indexes()", cancel);
        await transaction.CommitAsync(cancel);
    }

    static async Task Write(NpgsqlConnection connection, CaseMove move, CaseStage? from, CancellationToken cancel)
    {
        var filter = new SqlFilter();
        object needs = Enum.GetValues<CaseNeeds>().Where(need => need != CaseNeeds.None && move.Needs.HasFlag(need)).Select(CaseCodes.Of).ToArray();
        var values = new[] { move.Id, from is { } stage ? CaseCodes.Of(stage) : "", CaseCodes.Of(move.To ?? from!.Value), move.Who.ToString(), needs }.Select(filter.Value).ToList();
        await using var command = filter.Command(connection, $"insert into cases.move_rule values ({string.Join(", ", values)}, {Code(filter, move.Opens)}, {Code(filter, move.Answers)}, {filter.Value(move.Verifies)})");
        await command.ExecuteNonQueryAsync(cancel);
    }

    static async Task Write(NpgsqlConnection connection, PartStep step, PartState from, CancellationToken cancel)
    {
        var filter = new SqlFilter();
        var values = new object[] { step.Id, CaseCodes.Of(from), CaseCodes.Of(step.To), step.IsOfCalled ? "called" : "caller", step.NeedsNote }.Select(filter.Value).ToList();
        await using var command = filter.Command(connection, $"insert into cases.part_rule values ({string.Join(", ", values)})");
        await command.ExecuteNonQueryAsync(cancel);
    }

    static string Code(SqlFilter filter, CaseRequest? request) => request is { } one ? filter.Value(CaseCodes.Of(one)) : "null";
}
