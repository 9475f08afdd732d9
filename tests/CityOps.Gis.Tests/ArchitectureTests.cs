using System.Xml.Linq;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests;

/// <summary>The arrows of src/docs/architecture.md, read from the project files: who may use whom.</summary>
public sealed class ArchitectureTests
{
    const string Gis = "CityOps.Gis", PostGis = "CityOps.Gis.PostGis", SurveyImport = "CityOps.Gis.SurveyImport", Tiles = "CityOps.Gis.Tiles", Exports = "CityOps.Gis.Exports", Leaflet = "CityOps.Gis.Leaflet", Web = "CityOps.Gis.Web";

    static readonly Dictionary<string, string> Projects = new[] { "src", "survey-import", "tiles", "web" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .Where(file => !file.Contains("node_modules", StringComparison.Ordinal))
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => file);

    [Theory]
    [InlineData(Gis)]
    [InlineData(PostGis, Gis)]
    [InlineData(Exports, PostGis)]
    [InlineData(SurveyImport, PostGis)]
    [InlineData(Tiles, PostGis)]
    [InlineData(Leaflet, Gis)]
    [InlineData(Web, PostGis, Exports, SurveyImport, Tiles, Leaflet)]
    public void A_project_refers_to_no_other_than_its_arrows_allow(string project, params string[] allowed)
        => Assert.Equal(allowed.Order(), References(project).Order());

    [Fact]
    public void Every_project_has_its_arrows_tested() => Assert.Equal([Gis, Exports, Leaflet, PostGis, SurveyImport, Tiles, Web], Projects.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_pure_project_brings_neither_database_nor_web_along()
    {
        Assert.DoesNotContain(Packages(Gis), IsDatabaseOrWeb);
        Assert.DoesNotContain(typeof(LayerCatalog).Assembly.GetReferencedAssemblies().Select(one => one.Name!), IsDatabaseOrWeb);
    }

    [Theory]
    [InlineData(PostGis)]
    [InlineData(Exports)]
    [InlineData(SurveyImport)]
    public void What_has_no_pages_and_no_endpoints_does_not_need_the_web_framework(string project)
        => Assert.DoesNotContain(Packages(project), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Theory]
    [InlineData("src/CityOps.Gis", "CityOps.Gis.PostGis", "CityOps.Gis.SurveyImport", "CityOps.Gis.Tiles", "CityOps.Gis.Web", "Npgsql")]
    [InlineData("src/CityOps.Gis.PostGis", "CityOps.Gis.SurveyImport", "CityOps.Gis.Tiles", "CityOps.Gis.Web", "Microsoft.AspNetCore")]
    [InlineData("survey-import", "CityOps.Gis.Tiles", "CityOps.Gis.Web", "Microsoft.AspNetCore", "System.CommandLine", "Spectre.Console")]
    [InlineData("tiles", "CityOps.Gis.SurveyImport", "CityOps.Gis.Web", "System.CommandLine", "Spectre.Console")]
    public void No_source_file_names_what_its_project_may_not_use(string folder, params string[] forbidden)
    {
        foreach (var file in Sources(folder))
            foreach (var line in File.ReadLines(file).Where(line => line.StartsWith("using ", StringComparison.Ordinal)))
                Assert.DoesNotContain(forbidden, name => line == $"using {name};" || line.StartsWith($"using {name}.", StringComparison.Ordinal));
    }

    // The stores of deliveries hold them to those who may see them, and the importer's checks read what is public.
    [Fact]
    public void What_answers_requests_opens_the_database_as_the_caller()
        => Assert.Equal(
            ["BatchEndpoints.cs", "DifferenceView.razor.cs", "FeatureChecks.cs"],
            new[] { "web/Api", "web/Components", "web/Pages", "tiles/Serving", "tiles/Heat" }.SelectMany(Sources)
                .Where(file => File.ReadAllText(file).Contains("NpgsqlDataSource", StringComparison.Ordinal)).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    static IEnumerable<string> Sources(string folder)
        => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    static bool IsDatabaseOrWeb(string name)
        => new[] { "Npgsql", "dbup", "System.Data", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "MudBlazor" }.Any(one => name.StartsWith(one, StringComparison.OrdinalIgnoreCase));

    static IEnumerable<string> References(string project)
        => Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path));

    static IEnumerable<string> Packages(string project)
        => Includes(project, "PackageReference").Concat(Includes(project, "FrameworkReference"));

    static IEnumerable<string> Includes(string project, string element)
        => XDocument.Load(Projects[project]).Descendants(element).Select(one => one.Attribute("Include")!.Value);
}
