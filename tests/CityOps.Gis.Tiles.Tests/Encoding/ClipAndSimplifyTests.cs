using CityOps.Gis.Tiles.Encoding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Encoding;

/// <summary>Lines and polygons brought into a tile, held against NetTopologySuite.</summary>
public sealed class ClipAndSimplifyTests
{
    static readonly ClipBox Box = ClipBox.Of(4096, 64);
    static readonly GeometryFactory Factory = new();
    static readonly Geometry BoxShape = Factory.ToGeometry(new Envelope(Box.MinX, Box.MaxX, Box.MinY, Box.MaxY));

    readonly MvtWriter _writer = new();

    [Theory]
    [InlineData("a tile inside a polygon is filled", new[] { -9000, -9000, 9000, -9000, 9000, 9000, -9000, 9000 }, new[] { 0 }, new[] { 0 },
        4224.0 * 4224)]
    [InlineData("a tile inside a hole is empty", new[] { -9000, -9000, 9000, -9000, 9000, 9000, -9000, 9000, -8000, -8000, -8000, 8000, 8000,
        8000, 8000, -8000 }, new[] { 0, 4 }, new[] { 0 }, 0.0)]
    [InlineData("a ring the wrong way round is turned", new[] { 0, 0, 0, 100, 100, 100, 100, 0, 0, 0 }, new[] { 0 }, new[] { 0 }, 10000.0)]
    [InlineData("a hole goes with its exterior", new[] { 9000, 0, 9100, 0, 9100, 100, 10, 10, 10, 20, 20, 20 }, new[] { 0, 3 }, new[] { 0 },
        0.0)]
    [InlineData("a flat ring is dropped", new[] { 0, 0, 50, 50, 100, 100, 50, 50 }, new[] { 0 }, new[] { 0 }, 0.0)]
    [InlineData("a spike is cut off", new[] { 0, 0, 100, 0, 100, 100, 100, 300, 100, 100, 0, 100 }, new[] { 0 }, new[] { 0 }, 10000.0)]
    [InlineData("a bow tie keeps its two halves", new[] { 0, 0, 100, 100, 100, 0, 0, 100 }, new[] { 0 }, new[] { 0 }, 5000.0)]
    [InlineData("polygons that share an edge are one", new[] { 0, 0, 100, 0, 100, 100, 0, 100, 100, 0, 200, 0, 200, 100, 100, 100 },
        new[] { 0, 4 }, new[] { 0, 1 }, 20000.0)]
    [InlineData("a comb over the edge is cut into teeth", new[] { -500, 0, 100, 0, 100, 10, -400, 10, -400, 20, 100, 20, 100, 30, -500, 30 },
        new[] { 0 }, new[] { 0 }, 2 * 164 * 10.0)]
    public void Polygons_are_what_the_name_says(string name, int[] xy, int[] starts, int[] polygons, double area)
    {
        var found = Polygons(new(Box), xy, starts, polygons);

        Assert.True(found.IsValid, name);
        Assert.Equal(area, found.Area);
    }

    [Property(MaxTest = 2000)]
    public Property Polygons_of_any_rings_at_all_are_valid()
        => Prop.ForAll(RingGen.AnyRings, RingGen.Tolerances, (input, tolerance)
            => new IsValidOp(Polygons(new(Box, tolerance), input.Xy, input.Starts, input.Polygons)).IsValid);

    [Property(MaxTest = 2000)]
    public Property Valid_polygons_stay_valid_and_keep_their_area()
        => Prop.ForAll(RingGen.Stars, input =>
        {
            var found = Polygons(new(Box), input.Xy, input.Starts, input.Polygons);
            var snapped = RingGen.ToGeometry(input, Factory);
            // Cut places move by half a unit at most, along edges no longer than the outline.
            return new IsValidOp(found).IsValid
                && (!snapped.IsValid || Math.Abs(found.Area - snapped.Intersection(BoxShape).Area) <= snapped.Intersection(BoxShape).Length + 4);
        });

    [Property(MaxTest = 1000)]
    public Property Simplified_valid_polygons_stay_valid_and_near()
        => Prop.ForAll(RingGen.Stars, RingGen.Tolerances, (input, tolerance) =>
        {
            var found = Polygons(new(Box, tolerance), input.Xy, input.Starts, input.Polygons);
            var snapped = RingGen.ToGeometry(input, Factory);
            return new IsValidOp(found).IsValid && (found.IsEmpty || found.EnvelopeInternal.Intersects(snapped.EnvelopeInternal));
        });

    [Property(MaxTest = 1000)]
    public Property Lines_cut_to_the_box_keep_their_length()
        => Prop.ForAll(RingGen.Lines, xy =>
        {
            _writer.Begin();
            _writer.BeginLayer("lines"u8);
            _writer.BeginFeature(1, MvtGeometryType.Line);
            new ClipAndSimplify(Box).Lines(xy, [0], _writer);
            _writer.EndFeature();
            _writer.EndLayer();
            var parts = MvtReader.Read(_writer.End().Span).Layers.SelectMany(layer => layer.Features[0].Parts).ToArray();
            var length = parts.Sum(part => Factory.CreateLineString(RingGen.Places(part)).Length);
            var wanted = Factory.CreateLineString(RingGen.Places(xy)).Intersection(BoxShape).Length;
            return parts.All(part => Box.Side(part) == 1) && Math.Abs(length - wanted) <= xy.Length;
        });

    [Fact]
    public void A_line_that_leaves_and_comes_back_is_two_lines()
    {
        var run = new PartRun();
        LineClipper.Clip([0, 0, 100, 0, 100, 9000, 200, 9000, 200, 0], Box, run);

        Assert.Equal(2, run.Count);
        Assert.Equal([0, 0, 100, 0, 100, 4160], run[0].ToArray());
        Assert.Equal([200, 4160, 200, 0], run[1].ToArray());
    }

    [Fact]
    public void A_ring_is_simplified_alike_wherever_it_starts()
    {
        int[] ring = [0, 0, 50, 1, 100, 0, 101, 50, 100, 100, 50, 99, 0, 100];
        var run = new PartRun();
        new Simplifier().Ring(ring, 2, run);
        new Simplifier().Ring([.. ring[6..], .. ring[..6]], 2, run);

        Assert.Equal(4, run[0].Length / 2);
        Assert.Equal(run[0].ToArray().Chunk(2).Select(place => (place[0], place[1])).Order(), run[1].ToArray().Chunk(2).Select(place
            => (place[0], place[1])).Order());
    }

    [Theory]
    [InlineData(new[] { 0, 0, 5, 0, 30, 40 }, false)]
    [InlineData(new[] { 0, 0, 6, 1, 30, 40 }, true)]
    [InlineData(new[] { 0, 0, -4, 0, 30, 40 }, false)]
    [InlineData(new[] { 0, 0, -5, 0, 30, 40 }, true)]
    [InlineData(new[] { 0, 0, 34, 40, 30, 40 }, false)]
    [InlineData(new[] { 0, 0, 30, 45, 30, 40 }, true)]
    [InlineData(new[] { 7, 7, 10, 11, 7, 7 }, true)]
    public void A_place_is_left_out_when_it_is_as_far_from_the_line_as_the_tolerance_and_no_farther(int[] line, bool isKept)
    {
        var run = new PartRun();
        new Simplifier().Line(line, 4, run);

        Assert.Equal(isKept ? line : [.. line[..2], .. line[4..]], run[0].ToArray());
    }

    [Property(MaxTest = 500)]
    public Property A_shape_known_to_lie_inside_is_drawn_as_one_that_was_looked_at()
        => Prop.ForAll(RingGen.Stars, RingGen.Tolerances, (input, tolerance)
            => Box.Side(input.Xy) < 1 || (Drawn(input, tolerance, isInside: true).SequenceEqual(Drawn(input, tolerance, isInside: false))));

    byte[] Drawn(PackedRings rings, double tolerance, bool isInside)
    {
        var encoder = new ClipAndSimplify(Box, tolerance);
        _writer.Begin();
        _writer.BeginLayer("shapes"u8);
        _writer.BeginFeature(1, MvtGeometryType.Polygon);
        encoder.Polygons(rings.Xy, rings.Starts, rings.Polygons, _writer, isInside);
        _writer.EndFeature();
        _writer.BeginFeature(2, MvtGeometryType.Line);
        encoder.Lines(rings.Xy, rings.Starts, _writer, isInside);
        _writer.EndFeature();
        _writer.EndLayer();
        return _writer.End().ToArray();
    }

    [Fact]
    public void Nothing_is_allocated_for_valid_polygons()
    {
        var encoder = new ClipAndSimplify(Box, 1);
        int[] ring = [0, 0, 5000, 0, 5000, 3000, 2500, 1500, 0, 3000];
        Encode(encoder, ring, 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Encode(encoder, ring, 100);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((0, 0), (encoder.Mended, allocated));
    }

    void Encode(ClipAndSimplify encoder, int[] ring, int times)
    {
        _writer.Begin();
        _writer.BeginLayer("polygons"u8);
        for (var i = 0; i < times; i++)
        {
            _writer.BeginFeature(1, MvtGeometryType.Polygon);
            encoder.Polygons(ring, [0], [0], _writer);
            _writer.EndFeature();
        }
        _writer.EndLayer();
        _writer.End();
    }

    Geometry Polygons(ClipAndSimplify encoder, int[] xy, int[] starts, int[] polygons)
    {
        _writer.Begin();
        _writer.BeginLayer("polygons"u8);
        _writer.BeginFeature(1, MvtGeometryType.Polygon);
        var isWritten = encoder.Polygons(xy, starts, polygons, _writer);
        Assert.Equal(isWritten, _writer.EndFeature());
        _writer.EndLayer();
        var features = MvtReader.Read(_writer.End().Span).Layers.SelectMany(layer => layer.Features).ToArray();
        Assert.All(features.SelectMany(feature => feature.Parts), part => Assert.Equal(1, Box.Side(part)));
        return Factory.CreateMultiPolygon([.. features.SelectMany(feature => feature.Polygons()).Select(rings
            => Factory.CreatePolygon(RingGen.Ring(rings[0], Factory), [.. rings.Skip(1).Select(hole => RingGen.Ring(hole, Factory))]))]);
    }
}
