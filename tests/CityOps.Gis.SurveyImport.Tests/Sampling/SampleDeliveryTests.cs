using System.Globalization;
using CityOps.Gis.SurveyImport.Sampling;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sampling;

[Collection("sample city")]
public sealed class SampleDeliveryTests(SampleFixture sample)
{
    const string Table = "gbt47678.5-2026";

    [Fact]
    public void The_demo_has_200000_components_of_60_classes_and_more_30000_cases_and_12000_cameras()
    {
        var components = sample.Demo.Records.Where(one => one.Key.StartsWith("components.zip", StringComparison.Ordinal)).ToList();

        Assert.Equal(200_000, components.Sum(one => one.Value));
        Assert.True(components.Count >= 60);
        Assert.Equal(30_000, sample.Demo.Records["cases.csv"]);
        Assert.Equal(12_000, sample.Demo.Records["cameras.csv"]);
        Assert.Equal(30_001, File.ReadLines(Path.Combine(sample.Demo.Folder, "cases.csv")).Count());
    }

    [Fact]
    public void Every_component_stands_in_the_grid_it_names_and_its_code_agrees_with_district_and_class()
    {
        var grids = Grids();
        foreach (var (name, file) in PlainShapefile.OpenZip(Path.Combine(sample.Demo.Folder, "components.zip")))
        {
            var row = 0;
            foreach (var shape in file.Shapes())
            {
                var (code, grid, classCode) = (file.Text(row, "ObjID"), file.Text(row, "BGID"), file.Text(row, "ClassCode"));
                Assert.Equal(grid[..6] + classCode, code[..11]);
                Assert.Equal(17, code.Length);
                Assert.Equal(Path.GetFileNameWithoutExtension(name), sample.Catalog.Lists.Find("component-classes")!.Find(Table, "component", classCode)!.Name.Zh);
                Assert.True(shape!.Coordinates.All(at => grids[grid].Locate(at) == Location.Interior), $"{name} row {row + 1} is not inside {grid}.");
                Assert.Equal(shape.Centroid.X, double.Parse(file.Text(row, "PointX"), CultureInfo.InvariantCulture), 0.002);
                Assert.Equal(shape.Centroid.Y, double.Parse(file.Text(row, "PointY"), CultureInfo.InvariantCulture), 0.002);
                row++;
            }
            Assert.Equal(file.Rows, row);
        }
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("full")]
    public void No_two_components_share_a_code_or_stand_nearer_than_one_and_a_half_times_the_error_of_their_class(string city)
    {
        var codes = new HashSet<string>();
        foreach (var (name, file) in PlainShapefile.OpenZip(Path.Combine(sample.Folder(city), "components.zip")))
        {
            var accuracy = sample.Catalog.Lists.Find("component-classes")!.Find(Table, "component", file.Text(0, "ClassCode"))!.AccuracyMeters!.Value;
            Assert.True(Nearest(file) > 1.5 * accuracy, $"{name}: two rows are {Nearest(file):F3} m apart.");
            for (var row = 0; row < file.Rows; row++)
                Assert.True(codes.Add(file.Text(row, "ObjID")), $"{name} row {row + 1}: the code occurs twice.");
        }
    }

    [Fact]
    public void Names_fit_30_characters_and_change_dates_follow_first_dates()
    {
        foreach (var (name, file) in PlainShapefile.OpenZip(Path.Combine(sample.Demo.Folder, "components.zip")))
            for (var row = 0; row < file.Rows; row++)
            {
                Assert.InRange(file.Text(row, "ObjName").Length, 4, 30);
                var (first, change) = (file.Text(row, "ORDate"), file.Text(row, "CHDate"));
                Assert.True(first.Length == 8 && (change.Length == 0 || string.CompareOrdinal(change, first) >= 0), $"{name} row {row + 1}: {first}, {change}");
                Assert.True(string.CompareOrdinal(change, "20261101") < 0);
            }
    }

    [Fact]
    public void Equal_options_give_equal_bytes_and_another_seed_does_not()
    {
        sample.WriteSmall("again", withDefects: true);
        sample.WriteSmall("other", withDefects: true, seed: 7);

        Assert.Equal(Hashes("faulty"), Hashes("again"));
        Assert.NotEqual(Hashes("faulty")["components.zip"], Hashes("other")["components.zip"]);
    }

    [Fact]
    public void Planted_faults_are_listed_where_they_are()
    {
        var answers = File.ReadAllLines(Path.Combine(sample.Faulty.Folder, "defects.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var files = PlainShapefile.OpenZip(Path.Combine(sample.Faulty.Folder, "components.zip")).ToDictionary(one => one.Name, one => one.File);

        Assert.Equal(answers.Count, sample.Faulty.Defects);
        Assert.True(answers.Select(answer => answer[3]).Distinct().Count() >= 33);
        Assert.All(answers.Where(answer => answer[3] == "CodeMissing"), answer => Assert.Equal("", Cell(answer)));
        Assert.All(answers.Where(answer => answer[3] == "CodeLength"), answer => Assert.Equal(15, Cell(answer).Length));
        Assert.All(answers.Where(answer => answer[3] == "NotADate"), answer => Assert.Equal("2024年13月", Cell(answer)));
        Assert.All(answers.Where(answer => answer[3] == "GeometryInvalid"), answer => Assert.False(Shape(answer)!.IsValid));
        Assert.All(answers.Where(answer => answer[3] == "GeometryEmpty"), answer => Assert.Null(Shape(answer)));
        var districts = PlainShapefile.Open(Path.Combine(sample.Faulty.Folder, "spine", "districts.shp")).Shapes().ToList();
        Assert.All(answers.Where(answer => answer[3] is "OutsideGrids" or "OutsideSurveyArea"), answer => Assert.DoesNotContain(districts, district => district!.Intersects(Shape(answer))));

        string Cell(string[] answer) => files[answer[0]].Text(int.Parse(answer[1], CultureInfo.InvariantCulture) - 1, answer[2]);
        Geometry? Shape(string[] answer) => files[answer[0]].Shapes().ElementAt(int.Parse(answer[1], CultureInfo.InvariantCulture) - 1);
    }

    [Fact]
    public void Faults_change_the_number_of_components_by_nothing()
        => Assert.Equal(SampleFixture.Small.Components!.Value, sample.Faulty.Records.Where(one => one.Key.StartsWith("components.zip", StringComparison.Ordinal)).Sum(one => one.Value));

    // Points of shared/standards/README.md section 7, to the centimetre that the table gives.
    [Theory]
    [InlineData(610498.59, 2708889.84, 118.09, 24.48)]
    [InlineData(589271.98, 2698768.58, 117.88, 24.39)]
    [InlineData(626589.62, 2723428.99, 118.25, 24.61)]
    [InlineData(644473.35, 2756844.15, 118.43, 24.91)]
    public void Eastings_and_northings_become_degrees_as_PROJ_makes_them(double east, double north, double longitude, double latitude)
    {
        var found = GaussKruger117.ToDegrees(east, north);

        Assert.Equal(longitude, found.Longitude, 1e-7);
        Assert.Equal(latitude, found.Latitude, 1e-7);
    }

    [Fact]
    public void The_bench_file_has_the_rows_asked_for_and_17_columns()
    {
        SampleCity.WriteBenchFile(sample.Folder("bench"), 20_000, sample.Catalog);
        var file = PlainShapefile.Open(Path.Combine(sample.Folder("bench"), "bench.shp"));

        Assert.Equal(20_000, file.Rows);
        Assert.Equal(20_000, Enumerable.Range(0, file.Rows).Select(row => file.Text(row, "ObjID")).Distinct().Count());
    }

    Dictionary<string, IndexedPointInAreaLocator> Grids()
    {
        var file = PlainShapefile.Open(Path.Combine(sample.Demo.Folder, "spine", "unit_grids.shp"));
        return file.Shapes().Select((shape, row) => (Code: file.Text(row, "BGID"), shape)).ToDictionary(one => one.Code, one => new IndexedPointInAreaLocator(one.shape!));
    }

    static double Nearest(PlainShapefile file)
    {
        var points = file.Shapes().Select(shape => shape!.Centroid.Coordinate).OrderBy(at => at.X).ToList();
        var nearest = 16.0;
        for (var i = 0; i < points.Count; i++)
            for (var k = i + 1; k < points.Count && points[k].X - points[i].X < nearest; k++)
                nearest = Math.Min(nearest, points[i].Distance(points[k]));
        return nearest;
    }

    Dictionary<string, string> Hashes(string city)
        => Directory.GetFiles(sample.Folder(city), "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(sample.Folder(city), file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
}
