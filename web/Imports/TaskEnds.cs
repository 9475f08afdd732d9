using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Audit;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.Web.Imports;

/// <summary>Writes into the audit log how a publication or a roll-back ended, under the person who asked for it.</summary>
sealed class TaskEnds(AuditLog audit, BatchStore batches)
{
    /// <param name="state">How the task ended: <c>Ended</c>, <c>Failed</c>, <c>Cancelled</c>, or <c>Interrupted</c> where it took the program down again and again.</param>
    public async Task Write(ImportJob job, ImportJobState state, LocalText? fault)
    {
        if (KindOf(job.Task) is not { } kind)
            return;
        var counts = job.BatchId is { } id ? (await batches.Find(id))?.Counts.Figures() : null;
        using (AskedBy(job).Enter())
            await audit.Write(new(kind, job.Name, After: new { job = job.Id, batch = job.BatchId, outcome = Outcome(state), counts, fault = fault?.En }));
    }

    static AuditKind? KindOf(ImportTask task) => task switch { ImportTask.Publish => AuditKind.PublicationEnded, ImportTask.RollBack => AuditKind.RollBackEnded, _ => null };

    static string Outcome(ImportJobState state) => state switch { ImportJobState.Failed => "failed", ImportJobState.Cancelled => "stopped", ImportJobState.Interrupted => "interrupted", _ => "finished" };

    static Caller AskedBy(ImportJob job) => job.AskedBy is { } who ? Caller.ProductFor(who.Id, who.Name, who.Address) : Caller.Product;
}
