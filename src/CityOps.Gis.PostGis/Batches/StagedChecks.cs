using CityOps.Gis.PostGis.Cases;
using Npgsql;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>The checks that compare staged rows with the spine and with what the layer holds, set-wise. All of them warn; what must be refused was refused row by row.</summary>
/// <param name="sources">The delivery's layers by <c>source_no</c>.</param>
/// <param name="mostKept">Issues of one code that are kept singly; all are counted.</param>
public sealed class StagedChecks(NpgsqlDataSource source, Staging staging, IReadOnlyList<StagedSource> sources, int mostKept)
{
    string Found => $"staging.{SqlName.Quote($"b{staging.BatchId}_found")}";

    /// <summary>Compares delivered grids and divisions with the stamped ones.</summary>
    /// <param name="codesHaveDivision">True when keys are identification codes, which begin with the division.</param>
    /// <returns>Counts by issue code.</returns>
    public async Task<Dictionary<string, long>> CheckJurisdiction(bool codesHaveDivision, CancellationToken cancel)
    {
        if (LayerTable.IsSpine(staging.Layer) || !staging.HasGeometry)
            return [];
        await using var connection = await source.OpenConnectionAsync(cancel);
        if (!await Sql.Value<bool>(connection, "select exists (select from gis.unit_grids)", cancel))
            return [];
        await Sql.Run(connection, $"""
            drop table if exists {Found};
            create unlogged table {Found} as
            select new.source_no, new.row_number, new.geom, new.delivered_grid, left(new.{SqlName.Quote(staging.Layer.Key)}::text, 6) as division, stamp.grid_code, stamp.district_code
            from {staging.Rows} new join {staging.Stamps} stamp using (row_id)
            where stamp.differs
            """, cancel);
        var counts = new Dictionary<string, long>();
        await Keep(connection, counts, "OutsideGrids", "null", "null", "null", "one.grid_code is null", cancel);
        await Keep(connection, counts, "GridMismatch", GridField, "one.delivered_grid", "one.grid_code",
            "one.delivered_grid <> one.grid_code and exists (select from gis.unit_grids grid where grid.code = one.delivered_grid)", cancel);
        await Keep(connection, counts, "GridUnknown", GridField, "one.delivered_grid", "one.grid_code",
            "one.delivered_grid <> coalesce(one.grid_code, '') and not exists (select from gis.unit_grids grid where grid.code = one.delivered_grid)", cancel);
        if (codesHaveDivision)
            await Keep(connection, counts, "CodeDivisionMismatch", KeyField, "one.division", "one.district_code",
                "one.district_code <> '000000' and one.division <> one.district_code", cancel);
        return counts;
    }

    /// <summary>
    /// Finds keys that the layer holds already: all of them where a delivery brings only what is new, else those of another thing, which is one of another class or
    /// more than 100 m away. And those that came to be of a feature outside of the maker's scope after the rows were checked, which the comparison keeps as it is, and those of cases
    /// that moved here and were delivered at another point of their way.
    /// </summary>
    /// <param name="isScoped">The maker sees a part of the city.</param>
    public async Task<Dictionary<string, long>> CheckKeys(CensusScope scope, bool isScoped, CancellationToken cancel)
    {
        var layer = staging.Layer;
        var hasOthers = !LayerTable.IsSpine(layer) && staging.HasGeometry && layer.Class is not null;
        if (scope != CensusScope.Add && !hasOthers && !isScoped)
            return [];
        var isAnother = scope == CensusScope.Add ? "true" : !hasOthers ? "false" : "(known.kind in ('changed', 'moved') and (now.class_code <> new.class_code or ST_DistanceSphere(ST_Centroid(now.geom), ST_Centroid(new.geom)) > 100))";
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Sql.Run(connection, $"""
            delete from cityops.batch_issue where batch_id = {staging.BatchId} and code in ('CodeDuplicateInDatabase', 'CodeTakenOutside', 'CaseMovedHere');
            drop table if exists {Found};
            create unlogged table {Found} as
            select new.source_no, new.row_number, {(staging.HasGeometry ? "new.geom" : "null::geometry as geom")}, new.{SqlName.Quote(layer.Key)}::text as key, now.class_code, known.kind, {(MovedCases.MayBeIn(layer) ? "now.status" : "null::text as status")}
            from {staging.Difference} known join {staging.Rows} new using (row_id) left join {SqlName.Table(layer.Id)} now on now.fid = known.fid and now.district_code = known.old_district
            where known.kind in ('kept', 'held') or now.fid is not null and {isAnother}
            """, cancel);
        var counts = new Dictionary<string, long>();
        await Keep(connection, counts, "CodeDuplicateInDatabase", KeyField, "one.key", "one.class_code", "one.kind not in ('kept', 'held')", cancel);
        await Keep(connection, counts, "CodeTakenOutside", KeyField, "one.key", "null", "one.kind = 'kept'", cancel);
        await Keep(connection, counts, "CaseMovedHere", KeyField, "one.key", "one.status", "one.kind = 'held'", cancel);
        return counts;
    }

    string KeyField => BySource(layer => layer.KeyField);
    string GridField => BySource(layer => layer.GridField);

    string BySource(Func<StagedSource, string?> name)
        => $"(array[{string.Join(", ", sources.Select(layer => name(layer) is { } text ? SqlName.Literal(text) : "null"))}]::text[])[one.source_no + 1]";

    async Task Keep(NpgsqlConnection connection, Dictionary<string, long> counts, string code, string field, string value, string expected, string where, CancellationToken cancel)
    {
        var count = await Sql.Value<long>(connection, $"select count(*) from {Found} one where {where}", cancel);
        if (count == 0)
            return;
        counts[code] = count;
        await Sql.Run(connection, $"""
            insert into cityops.batch_issue (batch_id, source_layer, row_number, code, severity, field, value, expected, x, y)
            select {staging.BatchId}, {BySource(layer => layer.Name)}, one.row_number, {SqlName.Literal(code)}, 'warning', {field}, {value}, {expected},
                ST_X(ST_PointOnSurface(one.geom)), ST_Y(ST_PointOnSurface(one.geom))
            from {Found} one where {where} order by one.source_no, one.row_number limit {mostKept}
            """, cancel);
    }
}
