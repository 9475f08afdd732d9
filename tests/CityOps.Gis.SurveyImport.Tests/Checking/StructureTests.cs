using System.Globalization;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Sources;
using FsCheck.Xunit;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Xunit;

namespace CityOps.Gis.Tests.SurveyImport.Checking;

/// <summary>The hot structures of the checks against the plain way of doing the same.</summary>
public sealed class StructureTests
{
    const double MetersPerDegree = 6378137 * Math.PI / 180;

    [Property(MaxTest = 60)]
    public void Near_points_are_those_that_comparing_all_pairs_finds(int seed)
    {
        var random = new Random(seed);
        var nearby = new NearbyPoints();
        double[] tolerances = [0.5, 1, 10];
        var classes = tolerances.Select(nearby.Register).ToArray();
        var (latitude, spread) = (random.Next(-55, 55), random.Next(1, 60) * 100);
        var seen = new List<(int Class, double X, double Y)>();
        for (var i = 0; i < 300; i++)
        {
            var kind = random.Next(3);
            var (x, y) = (118 + random.Next(spread) / 1e7, latitude + random.Next(spread) / 1e7);
            var isNear = seen.Any(other => other.Class == kind && Distance(x, y, other.X, other.Y) < tolerances[kind]);

            Assert.Equal(isNear, nearby.Add(classes[kind], x, y));

            seen.Add((kind, x, y));
        }
    }

    [Fact]
    public void Near_points_are_found_in_a_table_that_has_grown()
    {
        var nearby = new NearbyPoints();
        var lamps = nearby.Register(0.5);
        for (var i = 0; i < 200_000; i++)
            Assert.False(nearby.Add(lamps, 118 + i % 500 * 2e-5, 24 + i / 500 * 2e-5));
        for (var i = 0; i < 200_000; i += 37)
            Assert.True(nearby.Add(lamps, 118 + i % 500 * 2e-5 + 3e-6, 24 + i / 500 * 2e-5));
    }

    [Property(MaxTest = 60)]
    public void Keys_are_seen_twice_exactly_when_a_set_says_so(int seed)
    {
        var random = new Random(seed);
        var (keys, set) = (new SeenKeys(), new HashSet<string>());
        for (var i = 0; i < 3000; i++)
        {
            var key = random.Next(6) switch
            {
                0 => random.Next(200).ToString(CultureInfo.InvariantCulture),
                1 => random.Next(200).ToString("D5", CultureInfo.InvariantCulture),
                2 => "35020301037" + random.Next(500).ToString("D6", CultureInfo.InvariantCulture),
                3 => "树" + random.Next(200).ToString(CultureInfo.InvariantCulture),
                4 => new string('9', random.Next(1, 40)),
                _ => random.NextInt64(long.MaxValue).ToString(CultureInfo.InvariantCulture),
            };

            Assert.Equal(set.Add(key), keys.Add(key));
        }
    }

    [Fact]
    public void Keys_are_kept_apart_in_a_table_that_has_grown()
    {
        var keys = new SeenKeys();
        for (var i = 0; i < 300_000; i++)
            Assert.True(keys.Add("35020301037" + i.ToString("D6", CultureInfo.InvariantCulture)));
        for (var i = 0; i < 300_000; i += 13)
            Assert.False(keys.Add("35020301037" + i.ToString("D6", CultureInfo.InvariantCulture)));
    }

    [Property(MaxTest = 25)]
    public void The_survey_mask_holds_a_point_exactly_when_the_area_covers_it(int seed)
    {
        var random = new Random(seed);
        var area = Blobs(random);
        var mask = new SurveyMask(area);
        var box = area.EnvelopeInternal;
        var corners = area.Coordinates;
        for (var i = 0; i < 400; i++)
        {
            var at = i % 10 == 0 ? corners[random.Next(corners.Length)]
                : new Coordinate(box.MinX + box.Width * (random.NextDouble() * 1.2 - 0.1), box.MinY + box.Height * (random.NextDouble() * 1.2 - 0.1));

            Assert.Equal(area.Covers(new Point(at)), mask.Contains(at.X, at.Y));
        }
    }

    [Theory]
    [InlineData(false, MapOffset.None)]
    [InlineData(true, MapOffset.None)]
    [InlineData(false, MapOffset.Gcj02)]
    public void A_line_a_polygon_and_a_multi_point_go_where_their_points_go(bool swap, MapOffset offset)
    {
        var random = new Random(7);
        var corners = Enumerable.Range(0, 6).Select(_ => new Coordinate(600_000 + random.NextDouble() * 1000, 2_700_000 + random.NextDouble() * 1000)).ToArray();
        if (swap)
            corners = [.. corners.Select(at => new Coordinate(at.Y, at.X))];
        var placement = new Placement(CoordinateTransform.To4490(CrsCatalog.Find(4548)!), swap, offset);
        var factory = new GeometryFactory();
        Geometry[] shapes =
        [
            factory.CreateLineString(corners), factory.CreatePolygon([.. corners, corners[0]]), factory.CreateMultiPointFromCoords(corners),
            factory.CreateMultiLineString([factory.CreateLineString(corners[..3]), factory.CreateLineString(corners[3..])]),
            factory.CreateMultiPolygon([factory.CreatePolygon([.. corners[..3], corners[0]]), factory.CreatePolygon([.. corners[3..], corners[3]])]),
        ];

        var points = placement.Apply(Column([.. corners.Select(at => (Geometry)factory.CreatePoint(at))]), corners.Length);
        var placed = placement.Apply(Column(shapes), shapes.Length);

        for (var shape = 0; shape < shapes.Length; shape++)
        {
            var stored = new WKBReader().Read(placed.Wkb[shape]);
            Assert.Equal(shapes[shape].GeometryType, stored.GeometryType);
            foreach (var (delivered, at) in shapes[shape].Coordinates.Zip(stored.Coordinates))
            {
                var corner = Array.FindIndex(corners, one => one.Equals2D(delivered));
                Assert.Equal((points.X[corner], points.Y[corner]), (at.X, at.Y));
            }
        }
    }

    [Fact]
    public void A_multi_point_of_one_point_is_stored_as_a_point()
    {
        var column = Column([new GeometryFactory().CreateMultiPointFromCoords([new Coordinate(118, 24)])]);

        Assert.Null(new Placement(null, false, MapOffset.None).Apply(column, 1).Wkb[0]);
    }

    static double Distance(double x, double y, double otherX, double otherY)
        => double.Hypot((x - otherX) * MetersPerDegree * Math.Cos(y * Math.PI / 180), (y - otherY) * MetersPerDegree);

    static Geometry Blobs(Random random)
    {
        var factory = new GeometryFactory();
        Geometry area = factory.CreatePolygon();
        for (var blob = 0; blob < 3; blob++)
        {
            var (x, y, radius) = (118 + random.NextDouble() * 0.3, 24 + random.NextDouble() * 0.3, 0.02 + random.NextDouble() * 0.1);
            var ring = Enumerable.Range(0, 9).Select(i => new Coordinate(x + radius * (0.4 + random.NextDouble()) * Math.Cos(i * 0.698), y + radius * (0.4 + random.NextDouble()) * Math.Sin(i * 0.698))).ToList();
            area = area.Union(factory.CreatePolygon([.. ring, ring[0]]).Buffer(0));
        }
        return area;
    }

    static GeometryColumn Column(Geometry[] shapes)
    {
        var column = new GeometryColumn(shapes.Length);
        for (var row = 0; row < shapes.Length; row++)
        {
            var first = shapes[row].Coordinate;
            (column.X[row], column.Y[row], column.IsEmpty[row]) = (first.X, first.Y, false);
            column.Kinds[row] = shapes[row].Dimension switch { Dimension.Point => GeometryKind.Point, Dimension.Curve => GeometryKind.Line, _ => GeometryKind.Polygon };
            column.Wkb[row] = shapes[row] is Point ? null : shapes[row].AsBinary();
        }
        return column;
    }
}
