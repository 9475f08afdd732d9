using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// <c>GET /ogc/collections/{id}/items</c> (OGC 17-069r4, 7.15): a page of features, written to the connection as the database sends them. The count is made while
/// the database is at work on the page.
/// </summary>
sealed class ItemsEndpoint(FeaturePages pages, CollectionCounts counts)
{
    const int FlushBytes = 32 * 1024;
    public const string NumberMatched = "OGC-NumberMatched", NumberMatchedKind = "X-CityOps-NumberMatched-Kind";

    static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Answers as GeoJSON.</summary>
    public async Task Answer(HttpContext context, ItemsRequest request)
    {
        var cancel = context.RequestAborted;
        if (await IsKnown(context, request, cancel))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (HttpMethods.IsHead(context.Request.Method))
        {
            WriteHead(context, request, await counts.Count(request.Layer, request.Query, cancel), version: await pages.Version(request.Layer, request.Query, cancel));
            return;
        }
        var reading = pages.Read(request.Layer, request.Query, request.Limit, request.Start, cancel);
        var count = await counts.Count(request.Layer, request.Query, cancel);
        await using var page = await reading;
        var isThere = await page.Next(cancel);
        WriteHead(context, request, count, isThere ? page.Version : null);
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Writing);
        await Write(context, request, page, isThere, count, json, cancel);
    }

    /// <summary>The same document in memory, for the page that shows it.</summary>
    public async Task<JsonDocument> Document(HttpContext context, ItemsRequest request, CancellationToken cancel)
    {
        var reading = pages.Read(request.Layer, request.Query, request.Limit, request.Start, cancel);
        var count = await counts.Count(request.Layer, request.Query, cancel);
        await using var page = await reading;
        var bytes = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(bytes, Writing);
        await Write(context, request, page, await page.Next(cancel), count, json, cancel, isFlushed: false);
        await json.FlushAsync(cancel);
        return JsonDocument.Parse(bytes.WrittenMemory);
    }

    async Task<bool> IsKnown(HttpContext context, ItemsRequest request, CancellationToken cancel)
        => context.Request.Headers.IfNoneMatch is { Count: > 0 } known
            && ItemsTag.Of(context.Request, request, await pages.Version(request.Layer, request.Query, cancel)) is var tag
            && known.ToString().Split(',').Any(one => one.Trim() is "*" || one.Trim() == tag);

    static void WriteHead(HttpContext context, ItemsRequest request, MatchCount count, long? version)
    {
        OgcAnswer.Head(context);
        var headers = context.Response.Headers;
        context.Response.ContentType = OgcLink.GeoJson;
        headers["Content-Crs"] = $"<{request.Crs.Uri}>";
        headers[NumberMatched] = count.Number.ToString(CultureInfo.InvariantCulture);
        headers[NumberMatchedKind] = Kind(count);
        // An answer without features carries no version, and so no tag.
        if (version is { } known)
            headers.ETag = ItemsTag.Of(context.Request, request, known);
    }

    static async Task Write(HttpContext context, ItemsRequest request, FeaturePage page, bool isThere, MatchCount count, Utf8JsonWriter json, CancellationToken cancel, bool isFlushed = true)
    {
        var feature = new FeatureJson(request.Layer, request.Crs.Output);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteNumber("numberMatched", count.Number);
        json.WriteString("numberMatchedKind", Kind(count));
        json.WriteStartArray("features");
        for (var flushed = 0L; isThere; isThere = await page.Next(cancel))
        {
            feature.Write(page, json);
            if (!isFlushed || json.BytesCommitted + json.BytesPending - flushed < FlushBytes)
                continue;
            json.Flush();
            flushed = json.BytesCommitted;
            await context.Response.BodyWriter.FlushAsync(cancel);
        }
        json.WriteEndArray();
        json.WriteNumber("numberReturned", page.Count);
        json.WriteString("timeStamp", DateTime.UtcNow);
        json.WritePropertyName("links");
        OgcLink.All(ItemsLinks.Of(context.Request, request, page)).WriteTo(json, OgcAnswer.Format);
        json.WriteEndObject();
    }

    static string Kind(MatchCount count) => count.IsExact ? "exact" : "estimate";
}
