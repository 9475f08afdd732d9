namespace CityOps.Gis.Tiles.Encoding;

/// <summary>Why a vector tile was refused; the names are stable codes.</summary>
public enum MvtFault
{
    Truncated,
    WireType,
    Varint,
    Utf8,
    LayerName,
    LayerNameTwice,
    LayerVersion,
    LayerExtent,
    FieldTwice,
    FeatureType,
    FeatureGeometry,
    TagsOdd,
    TagKey,
    TagKeyTwice,
    TagValue,
    ValueType,
    Command,
    CommandCount,
    CommandParameters,
    LineLength,
    RingLength,
    RingClose,
    RingOrder,
    RepeatedPlace,
}
