using CityOps.Gis.Exports;
using CityOps.Gis.Web.Telemetry;
using Microsoft.Net.Http.Headers;

namespace CityOps.Gis.Web.Api.Exports;

/// <summary>Sends an export as a file. A client that goes away stops the query; an export that breaks off breaks the connection, so that nobody takes half a file for a whole one.</summary>
sealed class ExportResult(Export export, ExportFormats.Facts facts, string who) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        await using (export)
        {
            context.Response.ContentType = facts.MediaType;
            context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = export.FileName }.ToString();
            context.Response.Headers.CacheControl = "no-store";
            try
            {
                var (rows, bytes) = await export.Write(context.Response.Body, who, context.RequestAborted);
                context.RequestServices.GetRequiredService<GisMeters>().Exported(facts.Name, rows, bytes);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // Nobody listens any more; the record says how far it came.
                context.Abort();
            }
            catch when (context.Response.HasStarted)
            {
                context.Abort();
                throw;
            }
        }
    }
}
