using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Sampling;

[Collection("sample city")]
public sealed class SampleSpineTests(SampleFixture sample)
{
    [Theory]
    [InlineData("unit_grids", "BGID", 15)]
    [InlineData("management_grids", "GLWGBM", 15)]
    [InlineData("communities", "CommCode", 12)]
    [InlineData("subdistricts", "StrCode", 9)]
    [InlineData("districts", "DistCode", 6)]
    public void Areas_of_one_level_are_valid_have_a_code_of_their_own_and_do_not_overlap(string layer, string code, int length)
    {
        var (file, shapes) = Read(layer);

        Assert.All(shapes, shape => Assert.True(shape.IsValid, new NetTopologySuite.Operation.Valid.IsValidOp(shape).ValidationError?.ToString()));
        var codes = Enumerable.Range(0, file.Rows).Select(row => file.Text(row, code)).ToList();
        Assert.All(codes, one => Assert.Equal(length, one.Length));
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Equal(0, Overlap(shapes), 1e-3);
    }

    [Theory]
    [InlineData("unit_grids", "BGID", 12, "communities", "CommCode")]
    [InlineData("management_grids", "GLWGBM", 12, "communities", "CommCode")]
    [InlineData("communities", "CommCode", 9, "subdistricts", "StrCode")]
    [InlineData("subdistricts", "StrCode", 6, "districts", "DistCode")]
    public void Areas_fill_the_area_above_them_without_gap(string layer, string code, int prefix, string above, string codeAbove)
    {
        var (children, childShapes) = Read(layer);
        var (parents, parentShapes) = Read(above);
        var sums = childShapes.Select((shape, row) => (Parent: children.Text(row, code)[..prefix], shape.Area)).GroupBy(one => one.Parent).ToDictionary(group => group.Key, group => group.Sum(one => one.Area));

        Assert.Equal(parents.Rows, sums.Count);
        for (var row = 0; row < parents.Rows; row++)
            Assert.Equal(parentShapes[row].Area, sums[parents.Text(row, codeAbove)], 0.01);
    }

    [Fact]
    public void Unit_grids_are_about_20000_numbered_from_001_in_each_community_and_10000_square_metres_in_the_city()
    {
        var (file, shapes) = Read("unit_grids");
        var codes = Enumerable.Range(0, file.Rows).Select(row => file.Text(row, "BGID")).ToList();

        Assert.InRange(file.Rows, 19_000, 21_000);
        foreach (var community in codes.GroupBy(code => code[..12]))
            Assert.Equal(Enumerable.Range(1, community.Count()).Select(n => $"{n:D3}"), community.Select(code => code[12..]).Order());
        Assert.True(shapes.Count(shape => shape.Area is > 9_000 and < 11_000) > 15_000);
    }

    [Fact]
    public void Delivered_areas_are_those_of_the_geometry()
    {
        var (file, shapes) = Read("unit_grids");

        for (var row = 0; row < file.Rows; row += 7)
            Assert.Equal(shapes[row].Area, double.Parse(file.Text(row, "Area"), System.Globalization.CultureInfo.InvariantCulture), 0.011);
    }

    [Fact]
    public void Management_grids_join_one_to_five_adjoining_grids_of_a_community()
    {
        var (file, shapes) = Read("management_grids");

        for (var row = 0; row < file.Rows; row++)
        {
            var grids = file.Text(row, "GridCodes").Split(';');
            Assert.InRange(grids.Length, 1, 5);
            Assert.All(grids, grid => Assert.Equal(file.Text(row, "CommCode"), grid[..12]));
            Assert.IsType<Polygon>(shapes[row]);
            Assert.NotEmpty(file.Text(row, "网格员"));
        }
    }

    [Fact]
    public void Thirty_seven_departments_form_one_tree_with_sound_credit_codes()
    {
        var rows = File.ReadAllLines(Path.Combine(sample.Demo.Folder, "spine", "departments.csv")).Skip(1).Select(line => line.Split(',')).ToList();

        Assert.Equal(37, rows.Count);
        Assert.Equal(37, rows.Select(row => row[0]).Distinct().Count());
        Assert.Single(rows, row => row[2].Length == 0);
        Assert.All(rows.Where(row => row[2].Length > 0), row => Assert.Contains(rows, other => other[0] == row[2]));
        Assert.All(rows, row => Assert.Equal(18, row[0].Length));
    }

    (PlainShapefile File, List<Geometry> Shapes) Read(string layer)
    {
        var file = PlainShapefile.Open(Path.Combine(sample.Demo.Folder, "spine", layer + ".shp"));
        return (file, [.. file.Shapes().Select(shape => shape!)]);
    }

    static double Overlap(List<Geometry> shapes)
    {
        var index = new STRtree<int>();
        for (var i = 0; i < shapes.Count; i++)
            index.Insert(shapes[i].EnvelopeInternal, i);
        var overlap = 0.0;
        for (var i = 0; i < shapes.Count; i++)
            foreach (var other in index.Query(shapes[i].EnvelopeInternal))
                if (other > i && shapes[i].Relate(shapes[other], "T********"))
                    overlap += shapes[i].Intersection(shapes[other]).Area;
        return overlap;
    }
}
