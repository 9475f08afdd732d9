using CityOps.Gis.Tiles.Encoding;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NetTopologySuite.IO.VectorTiles.Mapbox;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Encoding;

/// <summary>What the writer writes, our reader and NetTopologySuite's read back.</summary>
public sealed class MvtWriterTests
{
    readonly MvtWriter _writer = new();

    [Fact]
    public void An_empty_tile_has_no_bytes()
    {
        _writer.Begin();
        _writer.BeginLayer("nothing"u8);
        _writer.Key("unused"u8);
        Assert.False(_writer.EndLayer());

        Assert.True(_writer.End().IsEmpty);
    }

    [Fact]
    public void A_feature_without_geometry_is_taken_back()
    {
        _writer.Begin();
        _writer.BeginLayer("lines"u8);
        _writer.BeginFeature(1, MvtGeometryType.Line);
        _writer.Line([5, 5, 5, 5]);
        Assert.False(_writer.EndFeature());
        _writer.PointFeature(2, [], 3, 4);
        _writer.EndLayer();

        Assert.Equal(2UL, Assert.Single(MvtReader.Read(_writer.End().Span).Layers[0].Features).Id);
    }

    [Fact]
    public void A_key_has_one_index_and_values_keep_their_kind()
    {
        _writer.Begin();
        _writer.BeginLayer("管点"u8, 512);
        Assert.Equal(_writer.Key("状态"u8), _writer.Key("状态"u8));
        Assert.NotEqual(_writer.Key("a"u8), _writer.Key("aa"u8));
        int[] values = [_writer.Text("完好"u8), _writer.Integer(long.MinValue), _writer.Integer(7), _writer.Real(-0.5), _writer.Truth(true),
            _writer.Truth(true), _writer.Truth(false)];
        _writer.PointFeature(ulong.MaxValue, [new(0, 0)], -5000, 9000);
        _writer.EndLayer();

        var layer = MvtReader.Read(_writer.End().Span).Layers[0];
        Assert.Equal([0, 1, 2, 3, 4, 4, 5], values);
        Assert.Equal(["完好", long.MinValue, 7L, -0.5, true, false], layer.Values);
        Assert.Equal(("管点", 512, 3), (layer.Name, layer.Extent, layer.Keys.Count));
        Assert.Equal("完好", layer.Features[0].Attributes["状态"]);
        Assert.Equal([-5000, 9000], layer.Features[0].Parts[0]);
    }

    [Property(MaxTest = 300)]
    public bool Points_in_one_call_are_the_bytes_of_points_in_many(ulong id, int[] tags, int x, int y)
    {
        MvtTag[] pairs = [.. tags.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new MvtTag(pair[0] & 0x3FFF, pair[1] & int.MaxValue))];
        _writer.Begin();
        _writer.BeginLayer("a"u8);
        _writer.PointFeature(id, pairs, x, y);
        _writer.EndLayer();
        var fused = _writer.End().ToArray();

        _writer.Begin();
        _writer.BeginLayer("a"u8);
        _writer.BeginFeature(id, MvtGeometryType.Point);
        for (var i = 0; i + 1 < tags.Length; i += 2)
            _writer.Tag(tags[i] & 0x3FFF, tags[i + 1] & int.MaxValue);
        _writer.Point(x, y);
        _writer.EndFeature();
        _writer.EndLayer();
        return fused.AsSpan().SequenceEqual(_writer.End().Span);
    }

    [Property(MaxTest = 300)]
    public bool A_feature_begun_with_its_tags_is_the_bytes_of_tags_one_by_one(ulong id, int[] tags)
    {
        MvtTag[] pairs = [.. tags.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new MvtTag(pair[0] & 0x3FFF, pair[1] & int.MaxValue))];
        byte[] Written(bool atOnce)
        {
            _writer.Begin();
            _writer.BeginLayer("a"u8);
            if (atOnce)
                _writer.BeginFeature(id, MvtGeometryType.Line, pairs);
            else
                _writer.BeginFeature(id, MvtGeometryType.Line);
            foreach (var pair in atOnce ? [] : pairs)
                _writer.Tag(pair);
            _writer.Line([1, 2, 300, 4]);
            _writer.EndFeature();
            _writer.EndLayer();
            return _writer.End().ToArray();
        }
        return Written(atOnce: true).AsSpan().SequenceEqual(Written(atOnce: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(2_000)]
    [InlineData(300_000)]
    public void Layers_of_any_length_are_read_back(int features)
    {
        _writer.Begin();
        foreach (var layer in (string[])["a", "b"])
        {
            _writer.BeginLayer(System.Text.Encoding.UTF8.GetBytes(layer));
            for (var feature = 0; feature < features; feature++)
                _writer.PointFeature((ulong)feature, [], feature % 4096, 7);
            _writer.EndLayer();
        }

        Assert.Equal([("a", features), ("b", features)], MvtReader.Read(_writer.End().Span).Layers.Select(layer => (layer.Name, layer.Features.Count)));
    }

    [Property(MaxTest = 200)]
    public Property What_is_written_is_read_back()
        => Prop.ForAll(TileGen.Layers, layers =>
        {
            Write(layers);
            return TileGen.Text(MvtReader.Read(_writer.End().Span)) == TileGen.Text(layers);
        });

    [Property(MaxTest = 100)]
    public Property NetTopologySuite_reads_every_feature()
        => Prop.ForAll(TileGen.Layers, layers =>
        {
            Write(layers);
            var tile = new MapboxTileReader().Read(new MemoryStream(_writer.End().ToArray()),
                new NetTopologySuite.IO.VectorTiles.Tiles.Tile(0, 0, 0), "id");
            return tile.Layers.Select(layer => (layer.Name, layer.Features.Count))
                .SequenceEqual(layers.Select(layer => (layer.Name, layer.Features.Count)));
        });

    void Write(IReadOnlyList<MvtLayer> layers)
    {
        _writer.Begin();
        foreach (var layer in layers)
        {
            _writer.BeginLayer(System.Text.Encoding.UTF8.GetBytes(layer.Name), layer.Extent);
            foreach (var feature in layer.Features)
                Write(feature);
            _writer.EndLayer();
        }
    }

    void Write(MvtFeature feature)
    {
        _writer.BeginFeature(feature.Id!.Value, feature.Type);
        foreach (var (key, value) in feature.Attributes)
            _writer.Tag(_writer.Key(System.Text.Encoding.UTF8.GetBytes(key)), value switch
            {
                string text => _writer.Text(System.Text.Encoding.UTF8.GetBytes(text)),
                long number => _writer.Integer(number),
                double real => _writer.Real(real),
                _ => _writer.Truth((bool)value),
            });
        foreach (var part in feature.Parts)
            if (feature.Type == MvtGeometryType.Point)
                _writer.Points(part);
            else if (feature.Type == MvtGeometryType.Line)
                _writer.Line(part);
            else
                _writer.Ring(part);
        Assert.True(_writer.EndFeature());
    }
}
