using CityOps.Gis.Layers;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis;

/// <summary>Keeps <c>cityops.code_entry</c> equal to the code lists of the installation, so that SQL can name what a code means.</summary>
public static class CodeListTable
{
    public static async Task Sync(NpgsqlConnection connection, CodeLists lists, CancellationToken cancel = default)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var clear = new NpgsqlCommand("delete from cityops.code_entry", connection))
            await clear.ExecuteNonQueryAsync(cancel);
        await using (var writer = await connection.BeginBinaryImportAsync("copy cityops.code_entry from stdin (format binary)", cancel))
        {
            foreach (var list in lists.All)
                foreach (var entry in list.Entries)
                    await Write(writer, list.Id, entry, cancel);
            await writer.CompleteAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    static async Task Write(NpgsqlBinaryImporter writer, string list, CodeEntry entry, CancellationToken cancel)
    {
        await writer.StartRowAsync(cancel);
        string?[] texts = [list, entry.Table, entry.Kind, entry.Code, entry.Name.Zh, entry.Name.En, entry.Major, entry.MajorName?.Zh, entry.MajorName?.En, entry.Geometry?.ToString()];
        foreach (var text in texts)
            await writer.WriteAsync(text, NpgsqlDbType.Text, cancel);
        await writer.WriteAsync(entry.AccuracyMeters, NpgsqlDbType.Double, cancel);
        await writer.WriteAsync(entry.Successor, NpgsqlDbType.Text, cancel);
    }
}
