using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Tiles.Serving;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// <c>GET /ogc/collections/{id}/items</c> (OGC 17-069r4, 7.15): a page of features, written to the connection as the database sends them. The count is made while
/// the database is at work on the page.
/// </summary>
sealed class ItemsEndpoint(ItemPages pages, CollectionCounts counts)
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
        var (page, count) = await Begin(context, request, cancel);
        await using (page)
        {
            // Where the count is an estimate the features go into memory first: a page that holds all of them tells the true number.
            var features = count.IsExact ? null : await Buffer(request, page, cancel);
            WriteHead(context, request, features is null ? count : Known(request, page, count), page.Count > 0 ? page.Version : null);
            await using var json = new Utf8JsonWriter(context.Response.BodyWriter, Writing);
            await Write(context, request, page, features is null ? count : Known(request, page, count), features, json);
        }
    }

    /// <summary>The same document in memory, for the page that shows it.</summary>
    public async Task<JsonDocument> Document(HttpContext context, ItemsRequest request, CancellationToken cancel)
    {
        var (page, count) = await Begin(context, request, cancel);
        await using (page)
        {
            var features = await Buffer(request, page, cancel);
            var bytes = new ArrayBufferWriter<byte>();
            await using var json = new Utf8JsonWriter(bytes, Writing);
            await Write(context, request, page, count.IsExact ? count : Known(request, page, count), features, json);
            await json.FlushAsync(cancel);
            return JsonDocument.Parse(bytes.WrittenMemory);
        }
    }

    async Task<(FeaturePage Page, MatchCount Count)> Begin(HttpContext context, ItemsRequest request, CancellationToken cancel)
    {
        var reading = pages.Read(request.Layer, request.Query, request.Limit, request.Start, cancel);
        var count = await counts.Count(request.Layer, request.Query, cancel);
        var (page, foundBy) = await reading;
        context.Response.Headers[TileHeaders.Executor] = foundBy == TileExecutor.Snapshot ? "snapshot" : "sql";
        return (page, count);
    }

    static async Task<ArrayBufferWriter<byte>> Buffer(ItemsRequest request, FeaturePage page, CancellationToken cancel)
    {
        var (bytes, feature) = (new ArrayBufferWriter<byte>(), new FeatureJson(request.Layer, request.Crs.Output));
        await using var json = new Utf8JsonWriter(bytes, Writing);
        json.WriteStartArray();
        for (var isThere = page.Count > 0; isThere; isThere = await page.Next(cancel))
            feature.Write(page, json);
        json.WriteEndArray();
        await json.FlushAsync(cancel);
        return bytes;
    }

    /// <summary>The true number where a page that was read to its end tells it, else the estimate, which is never less than what was seen; nothing where there is none.</summary>
    static MatchCount Known(ItemsRequest request, FeaturePage page, MatchCount estimate)
    {
        var isByNumber = request.Start is { After: null, Before: null };
        if (isByNumber && !page.HasMore && (page.Count > 0 || request.Start.Offset == 0))
            return new(request.Start.Offset + page.Count, true);
        return !estimate.IsKnown ? estimate
            : isByNumber ? new(Math.Max(estimate.Number, request.Start.Offset + page.Count + (page.HasMore ? 1 : 0)), false)
            : new(Math.Max(estimate.Number, page.Count), false);
    }

    async Task<bool> IsKnown(HttpContext context, ItemsRequest request, CancellationToken cancel)
        => context.Request.Headers.IfNoneMatch is { Count: > 0 } known
            && ItemsTag.Of(context.Request, request, await pages.Version(request.Layer, request.Query, cancel)) is { } tag
            && known.ToString().Split(',').Any(one => one.Trim() is "*" || one.Trim() == tag);

    static void WriteHead(HttpContext context, ItemsRequest request, MatchCount count, long? version)
    {
        OgcAnswer.Head(context);
        var headers = context.Response.Headers;
        context.Response.ContentType = OgcLink.GeoJson;
        headers["Content-Crs"] = $"<{request.Crs.Uri}>";
        if (count.IsKnown)
            (headers[NumberMatched], headers[NumberMatchedKind]) = (count.Number.ToString(CultureInfo.InvariantCulture), Kind(count));
        // An answer without features carries no version, and so no tag.
        if (version is { } known)
            headers.ETag = ItemsTag.Of(context.Request, request, known) ?? default(StringValues);
    }

    /// <param name="features">The features where they are in memory already; null = they come from the page.</param>
    static async Task Write(HttpContext context, ItemsRequest request, FeaturePage page, MatchCount count, ArrayBufferWriter<byte>? features, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        // May be left out where it is not known (OGC 17-069r4, /req/core/fc-numberMatched).
        if (count.IsKnown)
        {
            json.WriteNumber("numberMatched", count.Number);
            json.WriteString("numberMatchedKind", Kind(count));
        }
        json.WritePropertyName("features");
        if (features is null)
            await Stream(context, request, page, json);
        else
            json.WriteRawValue(features.WrittenSpan, skipInputValidation: true);
        json.WriteNumber("numberReturned", page.Count);
        json.WriteString("timeStamp", DateTime.UtcNow);
        json.WritePropertyName("links");
        OgcLink.All(ItemsLinks.Of(context.Request, request, page)).WriteTo(json, OgcAnswer.Format);
        json.WriteEndObject();
    }

    static async Task Stream(HttpContext context, ItemsRequest request, FeaturePage page, Utf8JsonWriter json)
    {
        var (feature, cancel) = (new FeatureJson(request.Layer, request.Crs.Output), context.RequestAborted);
        json.WriteStartArray();
        for (var (flushed, isThere) = (0L, page.Count > 0); isThere; isThere = await page.Next(cancel))
        {
            feature.Write(page, json);
            if (json.BytesCommitted + json.BytesPending - flushed < FlushBytes)
                continue;
            json.Flush();
            flushed = json.BytesCommitted;
            await context.Response.BodyWriter.FlushAsync(cancel);
        }
        json.WriteEndArray();
    }

    static string Kind(MatchCount count) => count.IsExact ? "exact" : "estimate";
}
