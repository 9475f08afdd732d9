using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary><c>GET /ogc/collections/{id}/items/{fid}</c> (OGC 17-069r4, 7.16): one feature, if it answers the question of the address, which mostly is empty.</summary>
sealed class FeatureEndpoint(FeaturePages pages)
{
    static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The feature as a document with its tag; null where there is none.</summary>
    public async Task<(ReadOnlyMemory<byte> Document, string Tag)?> Find(HttpContext context, LayerDefinition layer, FeatureQuery query, string fid, OgcCrs crs)
    {
        var cancel = context.RequestAborted;
        if (!long.TryParse(fid, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        await using var page = await pages.Find(layer, query, number, cancel);
        if (!await page.Next(cancel))
            return null;
        var bytes = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(bytes, Writing);
        json.WriteStartObject();
        new FeatureJson(layer, crs.Output).WriteMembers(page, json);
        json.WritePropertyName("links");
        OgcLink.All(Links(context.Request, layer)).WriteTo(json, OgcAnswer.Format);
        json.WriteEndObject();
        await json.FlushAsync(cancel);
        return (bytes.WrittenMemory, FeatureTag.Of(FeatureVersion.Of(layer, page).Hash, crs));
    }

    /// <summary>Answers as GeoJSON.</summary>
    public static async Task Answer(HttpContext context, (ReadOnlyMemory<byte> Document, string Tag) found, OgcCrs crs)
    {
        OgcAnswer.Head(context);
        var (request, response) = (context.Request, context.Response);
        response.Headers.ETag = found.Tag;
        response.Headers["Content-Crs"] = $"<{crs.Uri}>";
        if (FeatureTag.IsKnown(request.Headers.IfNoneMatch, found.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = OgcLink.GeoJson;
        response.ContentLength = found.Document.Length;
        if (!HttpMethods.IsHead(request.Method))
            await response.BodyWriter.WriteAsync(found.Document, context.RequestAborted);
    }

    static IEnumerable<OgcLink> Links(HttpRequest request, LayerDefinition layer)
        => [.. OgcLink.SelfAndTwin(request, OgcFormat.Json, OgcLink.GeoJson),
            new(OgcAddress.Of(request, $"/collections/{layer.Id}"), "collection", OgcLink.Json, layer.Title.In(UiLanguage.Current))];
}
