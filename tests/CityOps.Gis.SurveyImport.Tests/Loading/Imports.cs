using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>Imports for tests, and what a test asks the database about them.</summary>
static class Imports
{
    static readonly DateOnly Today = new(2026, 11, 1);

    /// <summary>The spine of a sample city in the order in which it must come.</summary>
    public static readonly (string File, string Layer)[] Spine =
    [
        ("spine/districts.shp", "districts"), ("spine/subdistricts.shp", "subdistricts"), ("spine/communities.shp", "communities"), ("spine/unit_grids.shp", "unit_grids"),
        ("spine/management_grids.shp", "management_grids"), ("spine/departments.csv", "departments"),
    ];

    public static Importer Importer(this PostGisDatabase database) => new(database.Source, PostGisDatabase.Catalog);

    public static async Task<ImportResult> Import(this PostGisDatabase database, string path, DeliverySettings? settings = null, bool accept = true)
        => await database.Importer().Import(path, (settings ?? new() { LayerId = "components" }) with { Today = Today }, accept: accept, cancel: TestContext.Current.CancellationToken);

    /// <summary>Imports what must go in, and says why where it does not.</summary>
    public static async Task<Batch> Publish(this PostGisDatabase database, string path, DeliverySettings? settings = null)
    {
        var result = await database.Import(path, settings);
        Assert.True(result.Outcome is ImportOutcome.Published or ImportOutcome.Unchanged, $"{result.Outcome}: {string.Join(" ", result.Reasons.Concat(result.Faults.Select(fault => fault.Message)).Select(one => one.En))}");
        Assert.True(result.Batch!.Counts.Accepted > 0, "Every row was refused: " + string.Join(", ", result.Batch.Counts.Issues));
        return result.Batch;
    }

    public static async Task PublishSpine(this PostGisDatabase database, string folder)
    {
        foreach (var (file, layer) in Spine)
            await database.Publish(Path.Combine(folder, file), new() { LayerId = layer });
    }

    /// <summary>Everything a layer holds, as text in the order of its features; equal texts are equal layers.</summary>
    public static Task<List<string>> Content(this PostGisDatabase database, string layer) => database.Rows($"select one::text from gis.{layer} one order by fid");

    public static Task<List<string>> History(this PostGisDatabase database, string layer) => database.Rows($"select one::text from gis.{layer}_history one order by fid, valid_to, one::text");

    /// <summary>Names of the tables that a batch left in the staging schema.</summary>
    public static Task<List<string>> StagingTables(this PostGisDatabase database)
        => database.Rows("select relname::text from pg_class join pg_namespace n on n.oid = relnamespace where nspname = 'staging' and relkind in ('r', 'v', 'p') order by 1");

    public static async Task<long> Version(this PostGisDatabase database, string layer) => await database.Value<long>($"select version from cityops.layer where id = '{layer}'");
}
