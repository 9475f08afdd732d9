using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Search;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Brings a compared batch into its layer, and takes a published one out again: each in one transaction, so that a crash leaves the layer as it was.</summary>
public sealed class Publication(NpgsqlDataSource source, LayerCatalog catalog)
{
    /// <summary>Publishes; false when the layer has changed since the comparison, which must then be made again.</summary>
    /// <param name="mends">Earlier batch whose quarantined rows this one brings.</param>
    public async Task<bool> Publish(Staging staging, BatchCounts counts, long? mends, CancellationToken cancel)
    {
        var layer = staging.Layer;
        var table = SqlName.Table(layer.Id);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Sql.Run(connection, $"select pg_advisory_xact_lock(hashtext('cityops.publish '||{SqlName.Literal(layer.Id)})); lock table {table} in share row exclusive mode", cancel);
        if (await Sql.Value<long>(connection, $"select version from cityops.layer where id = {SqlName.Literal(layer.Id)}", cancel) != counts.ComparedVersion)
            return false;
        await Sql.Run(connection, "set local cityops.bulk = 'on'; set local work_mem = '256MB'", cancel);
        var changes = counts.Added + counts.Changed + counts.Moved + counts.Removed;
        if (changes > 0)
        {
            if (LayerTable.IsSpine(layer) && staging.HasGeometry)
                await RememberArea(connection, staging, cancel);
            var moment = await KeepOldVersions(connection, staging, cancel);
            var attached = await Attach(connection, staging, cancel);
            await Write(connection, staging, moment, cancel);
            await SearchIndex.Collect(connection, layer, staging.Rows, cancel);
            // A small sample is enough to plan by; autovacuum looks closer later.
            await Sql.Run(connection, $"set local default_statistics_target = 25; analyze {table} ({string.Join(", ", AnalyzedColumns(layer))})", cancel);
            // Rows that were in a partition before it was attached do not come to followers by replication.
            await Sql.Run(connection, $"select cityops.{(attached > 0 ? "reload_layer" : "touch_layer")}({SqlName.Literal(layer.Id)})", cancel);
            if (LayerTable.IsSpine(layer) && staging.HasGeometry)
                await Restamp(connection, cancel);
        }
        if (mends is { } earlier)
            await MarkResent(connection, staging, earlier, cancel);
        await Sql.Run(connection, $"""
            update cityops.batch set state = 'published', published_at = now(), updated_at = now(), counts = {SqlName.Literal(BatchStore.Text(counts))}::jsonb where id = {staging.BatchId};
            select cityops.drop_staging({staging.BatchId})
            """, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    // A mended row is recognised by its key, as it was delivered or as a person mended it, or by its place where it was mended elsewhere.
    static Task<int> MarkResent(NpgsqlConnection connection, Staging staging, long earlier, CancellationToken cancel)
        => Sql.Run(connection, $"""
            update cityops.quarantine waiting set state = 'resent'
            where batch_id = {earlier} and state in ('waiting', 'mended')
              and exists (select from {SqlName.Table(staging.Layer.Id)} now where now.batch_id = {staging.BatchId}
                and (now.{SqlName.Quote(staging.Layer.Key)}::text = waiting.key or now.{SqlName.Quote(staging.Layer.Key)}::text in (select value from jsonb_each_text(waiting.mended -> 'values')){(staging.HasGeometry ? " or not cityops.has_moved(now.geom, waiting.geom)" : "")}))
            """, cancel);

    /// <summary>Features of a batch that a later batch or a person has changed since: while there are any, it cannot be rolled back.</summary>
    public async Task<long> ChangedSince(LayerDefinition layer, long batchId, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        return await ChangedSince(connection, layer, batchId, cancel);
    }

    static Task<long> ChangedSince(NpgsqlConnection connection, LayerDefinition layer, long batchId, CancellationToken cancel)
        => Sql.Value<long>(connection, $"select count(*) from {SqlName.History(layer.Id)} where batch_id = {batchId} and closed_by_batch is distinct from {batchId}", cancel);

    /// <summary>Takes a published batch out: what it added goes, what it changed or removed is as before.</summary>
    /// <returns>How many features were restored and how many were taken out.</returns>
    /// <exception cref="InvalidOperationException">The batch is not published, or what it brought has been changed since.</exception>
    public async Task<(long Restored, long TakenOut)> RollBack(LayerDefinition layer, long batchId, CancellationToken cancel)
    {
        var (table, history) = (SqlName.Table(layer.Id), SqlName.History(layer.Id));
        var columns = Comparison.InsertColumns(layer);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Sql.Run(connection, $"select pg_advisory_xact_lock(hashtext('cityops.publish '||{SqlName.Literal(layer.Id)})); lock table {table} in share row exclusive mode; set local cityops.bulk = 'on'", cancel);
        await RequireLast(connection, layer, batchId, cancel);
        if (LayerTable.IsSpine(layer) && layer.Geometry != GeometryKind.None)
            await Sql.Run(connection, $"""
                create temporary table restamp_area on commit drop as
                select ST_SetSRID(ST_Extent(geom)::geometry, {LayerTable.StoredSrid}) as area from (
                    select geom from {table} where batch_id = {batchId} union all select geom from {history} where closed_by_batch = {batchId}) touched
                """, cancel);
        var takenOut = await Sql.Run(connection, $"delete from {table} where batch_id = {batchId}", cancel);
        var restored = await Sql.Run(connection, $"insert into {table} ({columns}) select {columns} from {history} where closed_by_batch = {batchId}", cancel);
        await Sql.Run(connection, $"""
            delete from {history} where closed_by_batch = {batchId};
            select cityops.touch_layer({SqlName.Literal(layer.Id)});
            update cityops.batch set state = 'rolled-back', updated_at = now() where id = {batchId}
            """, cancel);
        if (LayerTable.IsSpine(layer) && layer.Geometry != GeometryKind.None)
            await Restamp(connection, cancel);
        await transaction.CommitAsync(cancel);
        return (restored, takenOut);
    }

    // Asked again under the lock: another session may have published or rolled back since the caller looked.
    static async Task RequireLast(NpgsqlConnection connection, LayerDefinition layer, long batchId, CancellationToken cancel)
    {
        if (!await Sql.Value<bool>(connection, $"select exists (select from cityops.batch where id = {batchId} and state = 'published' and layer_id = {SqlName.Literal(layer.Id)})", cancel))
            throw new InvalidOperationException($"Batch {batchId} of layer {layer.Id} is not published, so it cannot be rolled back.");
        if (await ChangedSince(connection, layer, batchId, cancel) is > 0 and var changed)
            throw new InvalidOperationException($"{changed} features of batch {batchId} were changed since, so it cannot be rolled back.");
    }

    // What queries filter and join by.
    static IEnumerable<string> AnalyzedColumns(LayerDefinition layer)
        => LayerTable.JurisdictionColumns.Concat(layer.Geometry == GeometryKind.None ? ["fid"] : ["fid", "geom", "class_code"]).Append(SqlName.Quote(layer.Key));

    // All versions of a publication begin at one moment, at which those before them end. That is now, but where the server's clock was set back since they began.
    /// <returns>The moment as an expression.</returns>
    static async Task<string> KeepOldVersions(NpgsqlConnection connection, Staging staging, CancellationToken cancel)
    {
        var (history, columns) = (SqlName.History(staging.Layer.Id), LayerTable.ColumnsOf(staging.Layer).Select(column => SqlName.Quote(column.Name)).ToList());
        var later = await Sql.Value<string>(connection, $"""
            with kept as (
                insert into {history} ({string.Join(", ", columns)}, valid_to, closed_by_batch, change)
                select {string.Join(", ", columns.Select(name => "now." + name))}, greatest(now(), now.valid_from + interval '1 microsecond'), {staging.BatchId}, known.kind
                from {staging.Difference} known join {SqlName.Table(staging.Layer.Id)} now on now.fid = known.fid and now.district_code = known.old_district
                where known.kind in ('changed', 'moved', 'removed')
                returning valid_to)
            select max(valid_to)::text from kept having max(valid_to) > now()
            """, cancel);
        if (later is null)
            return "now()";
        var moment = $"{SqlName.Literal(later)}::timestamptz";
        await Sql.Run(connection, $"update {history} set valid_to = {moment} where closed_by_batch = {staging.BatchId}", cancel);
        return moment;
    }

    /// <returns>How many partitions were attached.</returns>
    static async Task<int> Attach(NpgsqlConnection connection, Staging staging, CancellationToken cancel)
    {
        if (!staging.Layer.Partitioned)
            return 0;
        var table = SqlName.Table(staging.Layer.Id);
        var districts = await staging.Built(connection, cancel);
        foreach (var district in districts)
        {
            if (await Sql.Value<bool>(connection, $"select exists (select from {table} where district_code = {SqlName.Literal(district)})", cancel))
                throw new InvalidOperationException($"District {district} of layer {staging.Layer.Id} holds features, so the partition that batch {staging.BatchId} built for it cannot take its place.");
            var partition = SqlName.Quote($"{staging.Layer.Id}_d{district}");
            await Sql.Run(connection, $"""
                drop table if exists gis.{partition};
                alter table {staging.Partition(district)} rename to {partition};
                alter table staging.{partition} set schema gis;
                alter table {table} attach partition gis.{partition} for values in ({SqlName.Literal(district)});
                select cityops.watch_partition({SqlName.Literal(staging.Layer.Id)}, 'gis.{partition}');
                """, cancel);
        }
        return districts.Count;
    }

    static async Task Write(NpgsqlConnection connection, Staging staging, string moment, CancellationToken cancel)
    {
        var layer = staging.Layer;
        var table = SqlName.Table(layer.Id);
        if (layer.Partitioned)
            await Sql.Run(connection, $"""
                select cityops.ensure_partition({SqlName.Literal(layer.Id)}, district_code)
                from (select distinct stamp.district_code from {staging.Stamps} stamp join {staging.Difference} known using (row_id) where known.kind in ('added', 'moved', 'changed')) one
                where district_code <> '000000'
                """, cancel);
        await Sql.Run(connection, $"""
            delete from {table} now using {staging.Difference} known
            where now.fid = known.fid and now.district_code = known.old_district and known.kind in ({(layer.RemovedStatus is null ? "'removed', " : "")}'changed', 'moved')
            """, cancel);
        await Sql.Run(connection, $"""
            insert into {table} ({Comparison.InsertColumns(layer)})
            select {Comparison.SelectValues(staging, $"coalesce(known.fid, nextval('gis.{SqlName.Quote(layer.Id + "_fid_seq")}'))", moment)}
            from {staging.Rows} new join {staging.Stamps} stamp using (row_id) join {staging.Difference} known using (row_id)
            where known.kind in ('added', 'changed', 'moved')
            """, cancel);
        if (layer.RemovedStatus is { } removed)
            await Sql.Run(connection, $"""
                update {table} now set status = {SqlName.Literal(removed)}, valid_from = {moment}, batch_id = {staging.BatchId}
                from {staging.Difference} known where known.kind = 'removed' and now.fid = known.fid and now.district_code = known.old_district
                """, cancel);
    }

    static Task<int> RememberArea(NpgsqlConnection connection, Staging staging, CancellationToken cancel)
        => Sql.Run(connection, $"""
            create temporary table restamp_area on commit drop as
            select ST_SetSRID(ST_Extent(geom)::geometry, {LayerTable.StoredSrid}) as area from (
                select new.geom from {staging.Rows} new left join {staging.Difference} known using (row_id) where known.kind is distinct from 'unchanged'
                union all
                select now.geom from {SqlName.Table(staging.Layer.Id)} now join {staging.Difference} known on known.fid = now.fid where known.kind <> 'unchanged') touched
            """, cancel);

    // Grids or boundaries changed: everything that lies there is stamped again.
    async Task Restamp(NpgsqlConnection connection, CancellationToken cancel)
    {
        await Sql.Run(connection, "select cityops.refresh_grid_mesh()", cancel);
        foreach (var layer in catalog.Layers.Where(layer => layer.Geometry != GeometryKind.None && !LayerTable.IsSpine(layer)))
            await Sql.Run(connection, $"select cityops.restamp({SqlName.Literal(layer.Id)}, area) from restamp_area where area is not null and exists (select from {SqlName.Table(layer.Id)})", cancel);
    }
}
