using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Testing;
using CityOps.Gis.Tests.SurveyImport.Reporting;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Mapping;

public sealed class StoredInspectionTests
{
    [Fact]
    public void What_an_inspection_found_is_read_back_with_its_evidence_and_mapping()
    {
        var layer = PostGisDatabase.Catalog.Find("components")!;
        var found = SampleReport.Inspection("路灯");
        var stored = StoredInspection.Parse(new StoredInspection([new("路灯", "ObjID", "BGID")], [found], SampleReport.Faults()).ToJson(layer), layer);

        var back = Assert.Single(stored.Layers);
        Assert.Equal(found.Evidence, back.Evidence);
        Assert.Equal(found.Crs!.Evidence, back.Crs!.Evidence);
        Assert.Equal(found.Crs.Crs!.ToString(), back.Crs.Crs!.ToString());
        Assert.Equal(found.Source.Extent, back.Source.Extent);
        Assert.Equal(found.Mapping.Fields.Select(field => (field.Field.Name, field.Column, field.By)), back.Mapping.Fields.Select(field => (field.Field.Name, field.Column, field.By)));
        Assert.Equal((found.CodeLayout, found.ClassTable), (back.CodeLayout, back.ClassTable));
        Assert.Equal(SampleReport.Faults(), stored.Faults);
        Assert.Equal("BGID", stored.Sources[0].GridField);
    }

    [Fact]
    public void A_batch_of_an_earlier_version_has_its_sources_alone()
    {
        var stored = StoredInspection.Parse("""[{"Name":"路灯","KeyField":"ObjID","GridField":null}]""", PostGisDatabase.Catalog.Find("components")!);

        Assert.Equal(new StagedSource("路灯", "ObjID", null), Assert.Single(stored.Sources));
        Assert.Empty(stored.Layers);
    }

    [Fact]
    public void A_sample_of_a_delivery_keeps_its_first_rows_with_types_and_shapes()
    {
        using var folder = new TempFolder();
        SmallSurvey.Write(folder.File("路灯"), SmallSurvey.Lamps(30));
        using var delivery = Delivery.Open(folder.Path);

        var sample = DeliverySample.Parse(DeliverySample.Of(delivery, TestContext.Current.CancellationToken).ToJson());

        var (source, rows) = (sample.Layers[0].Source, sample.Layers[0].Rows!);
        Assert.Equal((30, "GBK"), (rows.Count, source.Encoding!.ToUpperInvariant().Replace("GB2312", "GBK", StringComparison.Ordinal)));
        using var reader = delivery.OpenReader(delivery.Layers[0]);
        var whole = reader.Read(TestContext.Current.CancellationToken).First();
        Assert.Equal(Enumerable.Range(0, 30).SelectMany(row => whole.Columns.Select(column => column.Text(row))), Enumerable.Range(0, 30).SelectMany(row => rows.Columns.Select(column => column.Text(row))));
        Assert.Equal(whole.Columns.Select(column => column.GetType()), rows.Columns.Select(column => column.GetType()));
        Assert.Equal(whole.Geometry!.X[..30], rows.Geometry!.X);
    }

    [Fact]
    public void The_layer_that_knows_most_columns_is_proposed()
    {
        using var folder = new TempFolder();
        SmallSurvey.Write(folder.File("路灯"), SmallSurvey.Lamps(3));
        using var delivery = Delivery.Open(folder.Path);

        Assert.Equal("components", LayerGuess.Of(delivery.Layers[0], PostGisDatabase.Catalog.Layers)[0].Layer.Id);
    }
}
