using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Collections;

/// <summary>A feature as it is stored now, as GeoJSON in EPSG:4490 with longitude first, and a hash of it that changes whenever anything of the feature does.</summary>
public sealed record FeatureVersion(ReadOnlyMemory<byte> Document, string Hash)
{
    const int HashBytes = 8;
    static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The version of the feature that a page stands at.</summary>
    public static FeatureVersion Of(LayerDefinition layer, FeaturePage page)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Writing))
            new FeatureJson(layer, OutputCrs.Stored).Write(page, json);
        return new(bytes.WrittenMemory, Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan).AsSpan(0, HashBytes)));
    }
}
