using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>Cases that are delivered again after some of them moved here.</summary>
public sealed class DeliveredCasesTests(PostGisDatabase database) : SmallCityTests(database)
{
    const string Heading = "案件编号,标题,小类代码,状态,上报时间,经度,纬度\n";

    [Fact]
    public async Task A_case_that_moved_here_is_left_as_it_is_and_named_and_the_others_are_taken()
    {
        await Deliver("first", "M-1,井盖破损,01002,collect,2026-06-01 08:00,118.0012,24.4012\nM-2,暴露垃圾,06010,collect,2026-06-01 08:00,118.0014,24.4012\nM-3,道路破损,06013,collect,2026-06-01 08:00,118.0016,24.4012\n");
        await Database.Run("""
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 1, '2026-06-01 09:00+08', 'take-over', '', 'collect', '' from gis.cases where case_number in ('M-1', 'M-3');
            insert into cases.move (fid, number, at, move, from_stage, to_stage, who) select fid, 2, '2026-06-01 10:00+08', 'file', 'collect', 'file', 'leader' from gis.cases where case_number = 'M-1'
            """);

        var again = await Deliver("again", "M-1,井盖破损,01002,close,2026-06-01 08:00,118.0012,24.4012\nM-2,暴露垃圾,06010,collect,2026-06-01 08:00,118.0019,24.4012\n", CensusScope.WholeLayer);

        Assert.Equal(ImportOutcome.Published, again.Outcome);
        Assert.Equal((1, 1, 0, 0), (again.Batch!.Counts.Moved, again.Batch.Counts.Unchanged, again.Batch.Counts.Changed, again.Batch.Counts.Removed));
        Assert.Equal(1, again.Batch.Counts.Issues[nameof(IssueCode.CaseMovedHere)]);
        Assert.Equal(["1|M-1|file|warning"], await Database.Rows($"select row_number, value, expected, severity from cityops.batch_issue where batch_id = {again.Batch.Id} and code = 'CaseMovedHere'"));
        Assert.Equal(["M-1|file", "M-2|collect", "M-3|collect"], await Database.Rows("select case_number, status from gis.cases order by 1"));
        Assert.Empty(await Database.Rows(CaseOracle.Breaches));
    }

    async Task<ImportResult> Deliver(string name, string rows, CensusScope scope = CensusScope.Update)
    {
        File.WriteAllText(Folder.File(name + ".csv"), Heading + rows);
        return await Database.Import(Folder.File(name + ".csv"), new() { LayerId = "cases", CodeRule = CodeRule.Local, Scope = scope });
    }
}
