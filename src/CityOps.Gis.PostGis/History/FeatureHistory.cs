using CityOps.Gis.Features;
using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.History;

/// <summary>The life of single features: their versions in the layer's table and its history, each compared with the one before.</summary>
/// <param name="source">Made by <see cref="Connections.Open"/>.</param>
public sealed class FeatureHistory(CallerDatabase source)
{
    /// <summary>Versions that are read at most, the youngest first.</summary>
    public const int MostVersions = 200;

    /// <summary>The steps of a feature's life, the youngest first; none where there never was such a feature. Of more than <see cref="MostVersions"/> the oldest are left out.</summary>
    public async Task<IReadOnlyList<FeatureChange>> Of(LayerDefinition layer, long fid, CancellationToken cancel = default)
    {
        var versions = await Versions(layer, fid, cancel);
        var steps = new List<FeatureChange>();
        if (versions is [{ Until: { } end } last, ..])
            steps.Add(new(last.End, end, last.ClosedByBatch, last.Feature, [], null));
        for (var at = 0; at < versions.Count; at++)
            if (at + 1 < versions.Count)
                steps.Add(Step(layer, versions[at + 1], versions[at].Feature));
            else if (versions.Count < MostVersions)
                steps.Add(new(ChangeKind.Added, versions[at].Feature.ValidFrom, versions[at].Feature.BatchId, versions[at].Feature, [], null));
        return await WithAuthors(layer, fid, steps, cancel);
    }

    /// <summary>The last version of a feature that is no longer in its layer; null where there never was one, or it still is there.</summary>
    public async Task<Feature?> Last(LayerDefinition layer, long fid, CancellationToken cancel = default)
        => await Versions(layer, fid, cancel) is [{ Until: not null } last, ..] ? last.Feature : null;

    // An edit is known by the beginning of the version that it brought, an import by its batch; after a deletion there is no version.
    async Task<IReadOnlyList<FeatureChange>> WithAuthors(LayerDefinition layer, long fid, List<FeatureChange> steps, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select valid_from, batch, who from cityops.feature_authors($1, $2, $3)");
        command.Parameters.Add(new() { Value = layer.Id });
        command.Parameters.Add(new() { Value = fid });
        command.Parameters.Add(new() { Value = steps.Select(step => step.BatchId).OfType<long>().Distinct().ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var (edits, batches, deletion) = (new Dictionary<DateTimeOffset, string>(), new Dictionary<long, string>(), (string?)null);
        while (await reader.ReadAsync(cancel))
            if (!reader.IsDBNull(1))
                batches[reader.GetInt64(1)] = reader.GetString(2);
            else if (!reader.IsDBNull(0))
                edits[reader.GetFieldValue<DateTimeOffset>(0)] = reader.GetString(2);
            else
                deletion = reader.GetString(2);
        return [.. steps.Select(step => step with
        {
            Who = step.BatchId is { } batch ? batches.GetValueOrDefault(batch) : step.Kind == ChangeKind.Deleted ? deletion : edits.GetValueOrDefault(step.At),
        })];
    }

    static FeatureChange Step(LayerDefinition layer, KeptVersion before, Feature after)
        => new(before.End, after.ValidFrom, after.BatchId, after, VersionDifference.Fields(layer, before.Feature, after), VersionDifference.Move(before.Feature, after));

    // Both tables are asked by the number, which stands first in an index of each. A restored version has the time it had, so the end decides between equals.
    async Task<List<KeptVersion>> Versions(LayerDefinition layer, long fid, CancellationToken cancel)
    {
        var columns = string.Join(", ", LayerTable.ColumnsOf(layer).Select(column => SqlName.Quote(column.Name)));
        await using var command = source.CreateCommand($"""
            select {columns}, null::timestamptz as valid_to, null::bigint as closed_by_batch, null::text as change from {SqlName.Table(layer.Id)} where fid = $1
            union all
            select {columns}, valid_to, closed_by_batch, change from {SqlName.History(layer.Id)} where fid = $1
            order by valid_to desc nulls first, valid_from desc limit {MostVersions}
            """);
        command.Parameters.Add(new() { Value = fid });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var versions = new List<KeptVersion>();
        var (until, batch, change) = (reader.GetOrdinal("valid_to"), reader.GetOrdinal("closed_by_batch"), reader.GetOrdinal("change"));
        while (await reader.ReadAsync(cancel))
            versions.Add(new(FeatureStore.Read(layer, reader), reader.IsDBNull(until) ? null : reader.GetFieldValue<DateTimeOffset>(until),
                reader.IsDBNull(change) ? null : reader.GetString(change), reader.IsDBNull(batch) ? null : reader.GetInt64(batch)));
        return versions;
    }
}
