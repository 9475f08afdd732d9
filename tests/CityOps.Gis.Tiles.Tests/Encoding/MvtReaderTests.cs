using CityOps.Gis.Tiles.Encoding;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Encoding;

/// <summary>Small tiles written by hand, for machines without the shared fixtures: a layer "a" (version 2) and what is wrong with it.</summary>
public sealed class MvtReaderTests
{
    // 78 02: version 2. 0A 01 61: name "a". 12 …: a feature. 18 01: points. 22 …: geometry.
    const string Head = "78020A0161";

    [Theory]
    [InlineData("7802", MvtFault.LayerName)]
    [InlineData("0A0161", MvtFault.LayerVersion)]
    [InlineData("78030A0161", MvtFault.LayerVersion)]
    [InlineData(Head + "2800", MvtFault.LayerExtent)]
    [InlineData(Head + "2A0161", MvtFault.WireType)]
    [InlineData(Head + "0A0162", MvtFault.FieldTwice)]
    [InlineData(Head + "1A01FF", MvtFault.Utf8)]
    [InlineData(Head + "2200", MvtFault.ValueType)]
    [InlineData(Head + "22020801", MvtFault.WireType)]
    [InlineData(Head + "220448010801", MvtFault.ValueType)]
    [InlineData(Head + "12077801", MvtFault.Truncated)]
    [InlineData(Head + "28FFFFFFFFFFFFFFFFFFFFFF01", MvtFault.Varint)]
    [InlineData(Head + "12021801", MvtFault.FeatureGeometry)]
    [InlineData(Head + "12052203090000", MvtFault.FeatureType)]
    [InlineData(Head + "120718012203090000" + "1200", MvtFault.FeatureType)]
    [InlineData(Head + "1206180122021100", MvtFault.CommandParameters)]
    [InlineData(Head + "12051801220101", MvtFault.CommandCount)]
    [InlineData(Head + "120718022203090000", MvtFault.Command)]
    [InlineData(Head + "120A180222060900000A0000", MvtFault.RepeatedPlace)]
    [InlineData(Head + "120D1803220909000012000202000F", MvtFault.RingOrder)]
    [InlineData(Head + "120C18032208090000120200" + "0002", MvtFault.Command)]
    [InlineData(Head + "120A12010018012203090000", MvtFault.TagsOdd)]
    [InlineData(Head + "120B1202000018012203090000", MvtFault.TagKey)]
    [InlineData(Head + "120B1202000018012203090000" + "1A016B", MvtFault.TagValue)]
    [InlineData(Head + "120D12040000000018012203090000" + "1A016B" + "22023801", MvtFault.TagKeyTwice)]
    public void A_faulty_layer_is_refused_with_its_reason(string layer, MvtFault fault)
    {
        var refusal = Assert.Throws<MvtException>(() => MvtReader.Read(Tile(layer)));

        Assert.Equal(fault, refusal.Fault);
        Assert.EndsWith(".", refusal.Text.En);
        Assert.EndsWith("。", refusal.Text.Zh);
    }

    [Fact]
    public void Two_layers_of_one_name_are_refused()
        => Assert.Equal(MvtFault.LayerNameTwice, Assert.Throws<MvtException>(() => MvtReader.Read([.. Tile(Head), .. Tile(Head)])).Fault);

    [Fact]
    public void Unknown_fields_of_tile_layer_and_feature_are_skipped()
    {
        var tile = MvtReader.Read([0x81, 0x01, .. new byte[8], .. Tile(Head + "80010512" + "0A18012203090204880107")]);

        Assert.Equal([1, 2], tile.Layers[0].Features[0].Parts[0]);
    }

    [Fact]
    public void Every_cut_of_a_tile_is_refused_or_is_empty()
    {
        var tile = Tile(Head + "120B1202000018012203090000" + "1A016B" + "22023801");

        Assert.All(Enumerable.Range(1, tile.Length - 1), length => Assert.Throws<MvtException>(() => MvtReader.Read(tile.AsSpan(0, length))));
    }

    static byte[] Tile(string layer)
        => [0x1A, (byte)(layer.Length / 2), .. Convert.FromHexString(layer)];
}
