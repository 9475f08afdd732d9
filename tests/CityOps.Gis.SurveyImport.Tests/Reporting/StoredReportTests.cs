using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Reporting;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Reporting;

public sealed class StoredReportTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task A_report_made_later_has_the_faults_and_refused_rows_of_its_batch()
    {
        var batch = await Stored();
        var report = await ImportReport.Of(database.Source, PostGisDatabase.Catalog, batch, TestContext.Current.CancellationToken);
        using var folder = new TempFolder();

        Assert.Equal(["CodeLength"], report.Issues.Select(issue => issue.Code));
        Assert.Equal(("路灯", 2L), (report.Quarantine.Read().Single().SourceLayer, report.Quarantine.Read().Single().Number));
        Assert.Empty(report.Layers);
        Assert.Equal(4, ReportFiles.WriteAll(report, "zh", folder.Path).Count);
    }

    [Fact]
    public async Task A_report_made_at_once_has_what_the_inspection_found()
    {
        var result = new ImportResult(ImportOutcome.Published, await Stored(), [SampleReport.Inspection("路灯")], SampleReport.Faults(), [new("原因", "A reason")], []);
        var report = await ImportReport.Of(database.Source, PostGisDatabase.Catalog, result, TestContext.Current.CancellationToken);

        Assert.Equal((1, 2, 1, 1), (report.Layers.Count, report.Faults.Count, report.Reasons.Count, report.Issues.Count));
    }

    [Fact]
    public async Task An_import_that_was_not_begun_has_no_report()
        => await Assert.ThrowsAsync<ArgumentException>(() => ImportReport.Of(
            database.Source, PostGisDatabase.Catalog, new ImportResult(ImportOutcome.Asked, null, [], [], [], []), TestContext.Current.CancellationToken));

    async Task<Batch> Stored()
    {
        var cancel = TestContext.Current.CancellationToken;
        var batches = new BatchStore(database.Source);
        var batch = await batches.Create("components", "/srv/普查.zip", new string('b', 64), "{}", "{}", DeliveryMaker.Current, cancel);
        var store = new IssueStore(database.Source);
        await store.Write(batch.Id, [new StoredIssue("路灯", 2, "CodeLength", "error", "ObjID", "123", "17", 118.1, 24.5)], cancel);
        var point = new NetTopologySuite.Geometries.Point(118.1, 24.5).AsBinary();
        await store.Write(batch.Id, [new RefusedRow("路灯", 2, """{"ObjID":"123","ObjName":"路灯"}""", null, point)], cancel);
        await batches.Save(batch.Id, BatchState.Published, new() { Delivered = 3, Accepted = 2, Refused = 1, Added = 2 }, cancel);
        return (await batches.Find(batch.Id, cancel))!;
    }
}
