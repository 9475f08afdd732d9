using CityOps.Gis.Access;
using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Field;

/// <summary>What a phone has to know of cases beside how they stand, so that they can be moved on where there is no network.</summary>
public sealed class FieldTasks(CallerDatabase database)
{
    /// <summary>By the cases' numbers; a case that has not moved here is not among them.</summary>
    public async Task<IReadOnlyDictionary<long, SeenMoves>> Of(IEnumerable<long> fids, CancellationToken cancel = default)
    {
        await using var command = database.CreateCommand("select fid, max(number), coalesce(bool_or(who_id = $2 and move = any($3)), false) from cases.move where fid = any($1) group by fid");
        foreach (var value in new object[] { fids.ToArray(), Caller.Current.Id ?? "", CaseMoves.All.Select(move => move.Id).Where(CaseMoves.IsOfHandlers).ToArray() })
            command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var seen = new Dictionary<long, SeenMoves>();
        while (await reader.ReadAsync(cancel))
            seen[reader.GetInt64(0)] = new(reader.GetInt32(1), reader.GetBoolean(2));
        return seen;
    }
}
