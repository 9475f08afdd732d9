using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Imports;
using Microsoft.AspNetCore.Mvc;

namespace CityOps.Gis.Web.Api.Imports;

/// <summary>
/// Takes files from browsers in chunks, after the manner of tus (tus.io, resumable uploads 1.0): POST says which files come, HEAD says how much of one is here, PATCH
/// adds a chunk at that place with its checksum. A chunk that does not come through whole counts for nothing.
/// </summary>
public static class UploadEndpoints
{
    /// <summary>Status of tus for a chunk that was damaged on its way.</summary>
    const int ChecksumMismatch = 460;

    const string ChunkType = "application/offset+octet-stream";
    const string OffsetHeader = "Upload-Offset", LengthHeader = "Upload-Length", ChecksumHeader = "Upload-Checksum";

    // Beside the files room must be left for what the importer unpacks and the database writes.
    const int RoomFactor = 3;

    public static IEndpointRouteBuilder MapUploads(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/api/imports").RequireAuthorization(Permissions.Policy(Permission.Import));
        imports.MapPost("/uploads", Begin);
        imports.MapMethods("/uploads/{id:guid}", ["HEAD"], Ask);
        imports.MapPatch("/uploads/{id:guid}", Append);
        imports.MapDelete("/{jobId:long}/upload", Abandon);
        return routes;
    }

    static async Task<IResult> Begin(
        UploadRequest request, UploadStore uploads, UploadWriter writer, ImportFolder folder, ImportOptions options, BatchStore batches, LayerCatalog layers, AuditLog audit,
        CancellationToken cancel)
    {
        var (plan, refusal) = UploadPlan.Of(request, options);
        if (plan is null)
            return Problem(StatusCodes.Status400BadRequest, "files-refused", refusal!);
        if (folder.FreeBytes() < plan.Bytes * RoomFactor)
            return Problem(StatusCodes.Status507InsufficientStorage, "no-room", new("服务器磁盘空间不足，请联系管理员。", "The server's disk has too little room; tell its administrator."));
        string? settings = null;
        if (request.Mends is { } mends)
        {
            if (await batches.Find(mends, cancel) is not { } mended || layers.Find(mended.LayerId) is not { } layer)
                return Problem(StatusCodes.Status404NotFound, "no-such-batch", new($"没有批次 {mends}。", $"There is no batch {mends}."));
            // The file says itself in which reference system it is.
            settings = JsonSerializer.Serialize(MendedDelivery.SettingsOf(mended, layer) with { Crs = null, WebMapOffset = null }, Importer.SettingsFormat);
        }
        var files = await uploads.Begin(plan.Name, ImportFolder.NewName(), plan.Manifest, plan.Files, settings, cancel);
        await audit.Write(new(AuditKind.DeliveryUploaded, plan.Name, After: new { job = files[0].JobId, files = files.Count, plan.Bytes }), cancel);
        foreach (var empty in files.Where(file => file.Size == 0))
            writer.MakeEmpty(empty);
        var jobId = files[0].JobId;
        await uploads.Complete(jobId, cancel);
        return Results.Json(
            new { job = jobId, chunk = options.ChunkBytes, files = files.Select(file => new { file.Id, file.Path, file.Size, Offset = file.Received }) }, statusCode: StatusCodes.Status201Created);
    }

    static async Task<IResult> Ask(Guid id, HttpContext context, UploadStore uploads, CancellationToken cancel)
    {
        if (await uploads.Find(id, cancel) is not { } upload)
            return Results.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers[OffsetHeader] = Text(upload.Received);
        context.Response.Headers[LengthHeader] = Text(upload.Size);
        return Results.Ok();
    }

    static async Task<IResult> Append(Guid id, HttpContext context, UploadStore uploads, UploadWriter writer, ImportOptions options, CancellationToken cancel)
    {
        var request = context.Request;
        if (request.ContentType != ChunkType)
            return Problem(StatusCodes.Status415UnsupportedMediaType, "not-a-chunk", new($"请以 {ChunkType} 发送。", $"Send it as {ChunkType}."));
        if (!long.TryParse(request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset) || Crc32Of(request.Headers[ChecksumHeader]) is not { } crc32)
            return Problem(StatusCodes.Status400BadRequest, "not-a-chunk", new($"缺少 {OffsetHeader} 或 {ChecksumHeader}（crc32 与 Base64）。", $"{OffsetHeader} or {ChecksumHeader} (crc32 and Base64) is missing."));
        if (request.ContentLength > 4L * options.ChunkBytes)
            return Problem(StatusCodes.Status413PayloadTooLarge, "chunk-too-large", new($"每块最多 {4L * options.ChunkBytes} 字节。", $"A chunk has at most {4L * options.ChunkBytes} bytes."));
        if (await uploads.Find(id, cancel) is not { } upload)
            return Problem(StatusCodes.Status404NotFound, "no-such-upload", new("没有这个上传，可能已被清除，请重新开始。", "There is no such upload; it may have been cleared away. Begin again."));
        switch (await writer.Append(upload, offset, crc32, request.Body, cancel))
        {
            case AppendOutcome.Appended:
                await uploads.Complete(upload.JobId, cancel);
                context.Response.Headers[OffsetHeader] = Text((await uploads.Find(id, cancel))?.Received ?? upload.Size);
                return Results.NoContent();
            case AppendOutcome.WrongOffset:
                return Problem(StatusCodes.Status409Conflict, "wrong-offset", new($"文件应从第 {upload.Received} 字节继续。", $"The file goes on at byte {upload.Received}."));
            case AppendOutcome.Damaged:
                return Problem(ChecksumMismatch, "damaged", new("这一块在途中损坏，请重发。", "The chunk was damaged on its way; send it again."));
            case AppendOutcome.Busy:
                return Problem(StatusCodes.Status423Locked, "busy", new("同一文件正由另一请求写入，请稍后再试。", "Another request is writing to this file; try again in a moment."));
            default:
                return Problem(StatusCodes.Status400BadRequest, "too-long", new("收到的字节多于所申报的文件大小。", "More bytes came than the file was said to have."));
        }
    }

    static async Task<IResult> Abandon(long jobId, ImportJobStore jobs, ImportFolder folder, AuditLog audit, CancellationToken cancel)
    {
        if (await jobs.Find(jobId, cancel) is not { State: ImportJobState.Uploading, Folder: { } name } job)
            return Problem(StatusCodes.Status409Conflict, "not-uploading", new("该交付已上传完毕，或不存在。", "This delivery is uploaded already, or is not there."));
        await jobs.Delete(jobId, cancel);
        folder.Delete(name);
        await audit.Write(new(AuditKind.UploadAbandoned, job.Name, After: new { job = jobId }), cancel);
        return Results.NoContent();
    }

    // "crc32 " and the four bytes, most significant first, in Base64.
    static uint? Crc32Of(string? header)
    {
        Span<byte> bytes = stackalloc byte[6];
        return (header ?? "").Split(' ') is ["crc32", var text] && text.Length <= 8 && Convert.TryFromBase64String(text, bytes, out var count) && count == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : null;
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static IResult Problem(int status, string type, LocalText sentence)
        => Results.Problem(new ProblemDetails { Status = status, Type = "urn:cityops:" + type, Title = type, Detail = sentence.In(UiLanguage.Current) });
}
