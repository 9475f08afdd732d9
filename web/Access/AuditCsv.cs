using System.Globalization;
using System.Text;
using CityOps.Gis.PostGis.Audit;
using CsvHelper;

namespace CityOps.Gis.Web.Access;

/// <summary>The audit log as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it.</summary>
static class AuditCsv
{
    const int BufferBytes = 1 << 16;
    static readonly string[] Columns = ["id", "at", "kind", "who_id", "who", "address", "layer_id", "fid", "subject", "before", "after"];

    public static async Task Write(IAsyncEnumerable<AuditEntry> entries, Stream output)
    {
        // An answer takes no synchronous writes, so lines are gathered first.
        using var gathered = new MemoryStream();
        gathered.Write(Encoding.UTF8.Preamble);
        // What begins with a sign of a formula is no formula (OWASP, CSV injection).
        await using var csv = CsvWriter.Create(gathered, new CsvWriterOptions { Injection = CsvInjection.Escape }, leaveOpen: true);
        csv.WriteRecord(Columns);
        await foreach (var one in entries)
        {
            csv.WriteRecord(Fields(one));
            if (gathered.Length > BufferBytes)
                await Send(csv, gathered, output);
        }
        await Send(csv, gathered, output);
    }

    static async Task Send(CsvWriter csv, MemoryStream gathered, Stream output)
    {
        csv.Flush();
        await output.WriteAsync(gathered.GetBuffer().AsMemory(0, (int)gathered.Length));
        gathered.SetLength(0);
    }

    static string[] Fields(AuditEntry one) =>
    [
        one.Id.ToString(CultureInfo.InvariantCulture), one.At.ToString("O", CultureInfo.InvariantCulture), one.Kind, one.WhoId ?? "", one.Who, one.Address ?? "", one.LayerId ?? "",
        one.Fid?.ToString(CultureInfo.InvariantCulture) ?? "", one.Subject ?? "", one.Before ?? "", one.After ?? "",
    ];
}
