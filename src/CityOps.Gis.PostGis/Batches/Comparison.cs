using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>
/// Compares a staged delivery with what the layer holds, by key, and prepares what can be prepared before publication. Each staged row becomes
/// <c>added, changed, moved</c> or <c>unchanged</c>; a stored feature in the scope that was not delivered becomes <c>removed</c>. A feature outside of what the
/// delivery's maker may write is <c>kept</c>, whatever was delivered under its key. A case that moved here and was delivered at another point of its way is <c>held</c>.
/// </summary>
/// <param name="within">Where features may be changed; null = in the whole city.</param>
public sealed class Comparison(NpgsqlDataSource source, Staging staging, JurisdictionScope? within = null)
{
    /// <summary>Below this a district's rows are inserted one index entry at a time; from here on its partition is built aside and attached.</summary>
    const int WorthBuilding = 2_000;

    LayerDefinition Layer => staging.Layer;
    string Table => SqlName.Table(Layer.Id);

    /// <returns>The counts by kind, and the version of the layer they hold for.</returns>
    public async Task<BatchCounts> Run(CensusScope scope, BatchCounts counts, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        var version = await Sql.Value<long>(connection, $"select version from cityops.layer where id = {SqlName.Literal(Layer.Id)}", cancel);
        // An earlier comparison was with another state of the layer: what it built would take the place of what has come since.
        await Sql.Run(connection, $"drop table if exists {staging.Difference}{string.Concat((await staging.Built(connection, cancel)).Select(district => ", " + staging.Partition(district)))}", cancel);
        var isEmpty = !await Sql.Value<bool>(connection, $"select exists (select from {Table})", cancel);
        await Sql.Run(connection, $"create unlogged table {staging.Difference} (row_id bigint, fid bigint, old_district text, kind text)", cancel);
        var kinds = new Dictionary<string, long>();
        if (isEmpty)
            kinds["added"] = counts.Accepted;
        else
            kinds = await Compare(connection, scope, cancel);
        var built = Layer.Partitioned ? await Build(connection, isEmpty, cancel) : [];
        if (isEmpty)
            await Sql.Run(connection, $"""
                insert into {staging.Difference} select row_id, null, null, 'added' from {staging.Stamps}
                where district_code <> all ({Array(built)})
                """, cancel);
        return counts with
        {
            Added = kinds.GetValueOrDefault("added"),
            Changed = kinds.GetValueOrDefault("changed"),
            Moved = kinds.GetValueOrDefault("moved"),
            Unchanged = kinds.GetValueOrDefault("unchanged") + kinds.GetValueOrDefault("kept") + kinds.GetValueOrDefault("held"),
            Removed = kinds.GetValueOrDefault("removed"),
            ComparedVersion = version,
        };
    }

    async Task<Dictionary<string, long>> Compare(NpgsqlConnection connection, CensusScope scope, CancellationToken cancel)
    {
        var key = SqlName.Quote(Layer.Key);
        var fields = Layer.StoredFields.Where(field => field.Name != Layer.Key).Select(field => SqlName.Quote(field.Name)).ToList();
        var changed = fields.Count == 0 ? "false" : $"({string.Join(", ", fields.Select(name => "now." + name))}) is distinct from ({string.Join(", ", fields.Select(name => "new." + name))})";
        await Sql.Run(connection, $"""
            set work_mem = '256MB';
            insert into {staging.Difference}
            select new.row_id, {Ours("now.fid")}, {Ours("now.district_code")},
                case when now.fid is null then 'added'
                     {(within is null ? "" : $"when not {ScopeCondition.Of(within, "now")} then 'kept'")}
                     {(scope == CensusScope.Add ? "when true then 'unchanged'" : "")}
                     {(MovedCases.MayBeIn(Layer) ? $"when {MovedCases.IsOne} and {MovedCases.Differs(Layer)} then 'held'" : "")}
                     {(staging.HasGeometry ? "when cityops.has_moved(now.geom, new.geom) then 'moved'" : "")}
                     when {changed} then 'changed'
                     else 'unchanged' end
            from {staging.Rows} new left join {Table} now on now.{key} = new.{key};
            analyze {staging.Difference}
            """, cancel);
        if (scope is CensusScope.Census or CensusScope.WholeLayer)
            await FindRemoved(connection, scope, key, cancel);
        return await Sql.Counts(connection, $"select kind, count(*) from {staging.Difference} group by kind", cancel);
    }

    // Of a feature that is kept the difference says nothing by which it could be reached.
    string Ours(string column) => within is null ? column : $"case when {ScopeCondition.Of(within, "now")} then {column} end";

    // A row in quarantine was delivered: its feature is still there.
    Task<int> FindRemoved(NpgsqlConnection connection, CensusScope scope, string key, CancellationToken cancel)
        => Sql.Run(connection, $"""
            insert into {staging.Difference}
            select null, now.fid, now.district_code, 'removed'
            from {Table} now
            where {ScopeCondition.Of(within, "now")} {(MovedCases.MayBeIn(Layer) ? $"and not {MovedCases.IsOne}" : "")}
              and not exists (select from {staging.Difference} known where known.fid = now.fid)
              and not exists (select from cityops.quarantine refused where refused.batch_id = {staging.BatchId} and refused.key = now.{key}::text)
              {(Layer.RemovedStatus is { } removed ? $"and now.status is distinct from {SqlName.Literal(removed)}" : "")}
              {(scope == CensusScope.WholeLayer ? "" : $"""
              and now.district_code in (select distinct district_code from {staging.Stamps})
              {(Layer.Find("class_code") is { Stored: true } ? $"and coalesce(now.class_code, '') in (select distinct coalesce(class_code, '') from {staging.Rows})" : "")}
              """)}
            """, cancel);

    // Partitions of districts that hold nothing yet are filled and indexed aside; publication only attaches them.
    async Task<List<string>> Build(NpgsqlConnection connection, bool isEmpty, CancellationToken cancel)
    {
        var candidates = await Sql.Counts(connection,
            $"select district_code, count(*) from {staging.Stamps} where district_code <> '000000' group by 1 having count(*) >= {WorthBuilding}", cancel);
        var districts = new List<string>();
        foreach (var district in candidates.Keys)
            if (!await Sql.Value<bool>(connection, $"select exists (select from {Table} where district_code = {SqlName.Literal(district)})", cancel))
                districts.Add(district);
        if (districts.Count == 0)
            return districts;
        // Filling and indexing keep one core busy for each district; two go side by side, the largest first.
        await Parallel.ForEachAsync(districts.OrderByDescending(district => candidates[district]), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel },
            async (district, stop) => await Build(district, isEmpty, stop));
        if (!isEmpty)
            await Sql.Run(connection, $"""
                update {staging.Difference} known set kind = 'built' from {staging.Stamps} stamp
                where known.kind = 'added' and stamp.row_id = known.row_id and stamp.district_code = any ({Array(districts)})
                """, cancel);
        return districts;
    }

    async Task Build(string district, bool isEmpty, CancellationToken cancel)
    {
        var partition = staging.Partition(district);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Sql.Run(connection, $"""
            set work_mem = '256MB'; set maintenance_work_mem = '256MB'; set max_parallel_maintenance_workers = 0;
            drop table if exists {partition};
            create table {partition} (like {Table} including defaults including constraints, check (district_code = {SqlName.Literal(district)}));
            {string.Concat(LayerTable.Indexes(Layer).Where(IsSummary).Select(index => $"create index on {partition} using {index.Columns};"))}
            """, cancel);
        await Sql.Run(connection, $"""
            insert into {partition} ({InsertColumns(Layer)})
            select {SelectValues(staging, $"nextval({SqlName.Literal($"gis.{SqlName.Quote(Layer.Id + "_fid_seq")}")})", "now()")}
            from {staging.Rows} new join {staging.Stamps} stamp using (row_id)
            {(isEmpty ? "" : $"join {staging.Difference} known on known.row_id = new.row_id and known.kind = 'added'")}
            where stamp.district_code = {SqlName.Literal(district)}
            """, cancel);
        await Sql.Run(connection, $"alter table {partition} add {LayerTable.PrimaryKey(Layer)}", cancel);
        foreach (var index in LayerTable.Indexes(Layer).Where(index => !IsSummary(index)))
            await Sql.Run(connection, $"create {(index.IsUnique ? "unique " : "")}index on {partition} using {index.Columns}", cancel);
    }

    // A block-range index costs nothing while the table is filled; vacuum summarises it later.
    static bool IsSummary((string Suffix, string Columns, bool IsUnique) index) => index.Columns.StartsWith("brin", StringComparison.Ordinal);

    static string Array(IEnumerable<string> codes) => $"array[{string.Join(", ", codes.Select(SqlName.Literal))}]::text[]";

    internal static string InsertColumns(LayerDefinition layer) => string.Join(", ", LayerTable.ColumnsOf(layer).Select(column => SqlName.Quote(column.Name)));

    /// <summary>Values of <see cref="InsertColumns"/> from a staged row <c>new</c> with its <c>stamp</c>.</summary>
    /// <param name="moment">When the versions begin, as an expression.</param>
    internal static string SelectValues(Staging staging, string fid, string moment)
        => string.Join(", ", LayerTable.ColumnsOf(staging.Layer).Select(column => column.Name switch
        {
            "fid" => fid,
            "valid_from" => moment,
            "batch_id" => staging.BatchId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            var name when LayerTable.JurisdictionColumns.Contains(name) => "stamp." + name,
            "geom" => "new.geom",
            var name when staging.Layer.Find(name) is { Stored: true } => "new." + SqlName.Quote(name),
            var name => $"null::{column.Type}",
        }));
}
