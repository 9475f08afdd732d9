using CityOps.Gis.Grids;
using CityOps.Gis.PostGis.Batches;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>What the standards ask of the spine's own layers as a whole (GB/T 30428.1): closed, no overlap, no gap, area, numbering, parents. They warn: a city can be shown with faults in its grids.</summary>
public sealed class SpineChecks(NpgsqlDataSource source, Staging staging, IReadOnlyList<StagedSource> sources)
{
    /// <returns>Counts by issue code.</returns>
    public async Task<Dictionary<string, long>> Run(CancellationToken cancel)
    {
        var faults = staging.Layer.Id switch
        {
            "unit_grids" => GridChecks.UnitGrids(await SpineRows.UnitGrids(source, staging, cancel), await SpineRows.Communities(source, cancel)),
            "management_grids" => await ManagementGrids(cancel),
            _ => [],
        };
        await new IssueStore(source).Write(staging.BatchId, [.. faults.Select(Stored)], cancel);
        return faults.GroupBy(fault => fault.Code.ToString()).ToDictionary(group => group.Key, group => group.LongCount());
    }

    async Task<IReadOnlyList<GridFault>> ManagementGrids(CancellationToken cancel)
    {
        var communities = await SpineRows.Communities(source, cancel);
        return ManagementGridChecks.Check(await SpineRows.ManagementGrids(source, staging, cancel), await SpineRows.StoredUnitGrids(source, cancel), communities.Keys.ToHashSet());
    }

    StoredIssue Stored(GridFault fault)
    {
        var code = Enum.Parse<IssueCode>(fault.Code.ToString());
        return new(sources[0].Name, fault.Row, code.ToString(), "warning", sources[0].KeyField, fault.Value, fault.Expected, null, null);
    }
}
