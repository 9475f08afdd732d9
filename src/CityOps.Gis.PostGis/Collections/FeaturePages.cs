using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>Reads the features that answer a question, page by page in the order of <c>fid</c>.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeaturePages(CallerDatabase source)
{
    /// <summary>
    /// A page as it comes from the database. Forwards, one feature more than the limit is asked for, so that it is known whether there is another page.
    /// </summary>
    /// <exception cref="OperationCanceledException">Nobody wants it any more; the statement was stopped.</exception>
    public async Task<FeaturePage> Read(LayerDefinition layer, FeatureQuery query, int limit, PageStart start, CancellationToken cancel = default)
    {
        var (filter, sql) = Statement(layer, query, start.Before is null ? limit + 1 : limit, start);
        return await Open(filter.Command(source, sql), limit, isBackwards: start.Before is not null, goesOn: null, cancel);
    }

    /// <summary>
    /// The page that stands on features found elsewhere (one more than the limit where there is another page). They are read by their keys, and only those that
    /// answer the question; none where the layer's version is another than the one they were found at.
    /// </summary>
    /// <param name="keys">In the order of their numbers.</param>
    /// <exception cref="OperationCanceledException">Nobody wants it any more; the statement was stopped.</exception>
    public async Task<FeaturePage> Read(LayerDefinition layer, FeatureQuery query, int limit, IReadOnlyList<FeatureKey> keys, long version, bool isBackwards, CancellationToken cancel = default)
    {
        var (filter, sql) = Statement(layer, query, keys, version);
        return await Open(filter.Command(source, sql), limit, isBackwards, goesOn: isBackwards ? keys.Count >= limit : keys.Count > limit, cancel);
    }

    /// <summary>The feature of a number, if it answers the question.</summary>
    public async Task<FeaturePage> Find(LayerDefinition layer, FeatureQuery query, long fid, CancellationToken cancel = default)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var from = QueryCompiler.Source(layer, query, filter);
        filter.And($"fid = {filter.Value(fid)}");
        var sql = $"select {FeatureColumn.SelectList(layer, "0::bigint")} from {from} where {filter.Where} limit 1";
        return await Open(filter.Command(source, sql), limit: 1, isBackwards: false, goesOn: null, cancel);
    }

    /// <summary>
    /// Version of what a question asks: it grows with every change of the layer and of what the question looks up beside it. A page has it of the moment it was read.
    /// </summary>
    public async Task<long> Version(LayerDefinition layer, FeatureQuery query, CancellationToken cancel = default)
    {
        var filter = new SqlFilter();
        await using var command = filter.Command(source, $"select {VersionOf(layer, query, filter)}");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>
    /// The statement of a page and its values; also for who measures it. The page is found first and formed afterwards, so that rows which are only sorted or passed
    /// over are not formed.
    /// </summary>
    public static (SqlFilter Values, string Sql) Statement(LayerDefinition layer, FeatureQuery query, int rows, PageStart start)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var from = QueryCompiler.Source(layer, query, filter);
        if (start.After is { } after)
            filter.And($"fid > {filter.Value(after)}");
        if (start.Before is { } before)
            filter.And($"fid < {filter.Value(before)}");
        var offset = start.Offset > 0 ? $" offset {filter.Value(start.Offset)}" : "";
        return (filter, $"""
            select {FeatureColumn.SelectList(layer, VersionOf(layer, query, filter))} from (
                select * from {from} where {filter.Where} order by fid{(start.Before is null ? "" : " desc")} limit {filter.Value((long)rows)}{offset}) page
            order by fid
            """);
    }

    // The inner "offset 0" keeps the planner from asking the place index instead of the keys.
    static (SqlFilter Values, string Sql) Statement(LayerDefinition layer, FeatureQuery query, IReadOnlyList<FeatureKey> keys, long version)
    {
        var filter = QueryCompiler.Compile(layer, query);
        var (fids, districts) = (filter.Value(keys.Select(key => key.Fid).ToArray()), filter.Value(keys.Select(key => key.District).ToArray()));
        var (isKey, table) = (layer.Partitioned ? "one.fid = key.fid and one.district_code = key.district" : "one.fid = key.fid", SqlName.Table(layer.Id));
        return (filter, $"""
            select {FeatureColumn.SelectList(layer, VersionOf(layer, query, filter))} from (
                select one.* from unnest({fids}, {districts}) as key (fid, district), lateral (select * from {table} one where {isKey} offset 0) one
                where (select version from cityops.layer where id = {filter.Value(layer.Id)}) = {filter.Value(version)} offset 0) page
            where {filter.Where}
            order by fid
            """);
    }

    // Answered once for a statement, and as of the same moment as its rows.
    static string VersionOf(LayerDefinition layer, FeatureQuery query, SqlFilter filter)
    {
        string[] ids = query.Departments.Count > 0 ? [layer.Id, "departments"] : [layer.Id];
        return $"(select coalesce(sum(version), 0)::bigint from cityops.layer where id = any({filter.Value(ids)}))";
    }

    static async Task<FeaturePage> Open(CallerCommand command, int limit, bool isBackwards, bool? goesOn, CancellationToken cancel)
    {
        try
        {
            return new(command, await command.ExecuteReaderAsync(cancel), limit, isBackwards, goesOn);
        }
        catch
        {
            await command.DisposeAsync();
            throw;
        }
    }
}
