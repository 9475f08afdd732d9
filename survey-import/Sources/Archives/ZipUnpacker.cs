using System.IO.Compression;
using System.Text;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources.Archives;

/// <summary>
/// Unpacks a zip into a folder. Names without the UTF-8 flag are decoded together (UTF-8 if valid, else as detected: GBK, mostly); entries that would land
/// outside the folder are refused one by one; a bomb or a damaged archive is refused as a whole.
/// </summary>
static class ZipUnpacker
{
    public static IReadOnlyList<SourceFault> Unpack(DeliveryFile zip, string folder, UnpackBudget budget)
    {
        var faults = new List<SourceFault>();
        if (FileMagic.Of(zip.Path) is var kind && kind != "a zip archive")
            return [Faults.ZipBroken(zip.Name, kind ?? "damaged")];
        try
        {
            // Latin-1 keeps the raw bytes of unflagged names, one character each.
            using var archive = ZipFile.Open(zip.Path, ZipArchiveMode.Read, Encoding.Latin1);
            var nameEncoding = NameEncoding(archive);
            foreach (var entry in archive.Entries)
                if (!TryEntry(zip, entry, NameOf(entry, nameEncoding), folder, budget, faults))
                    break;
        }
        catch (InvalidDataException)
        {
            faults.Add(Faults.ZipBroken(zip.Name, "damaged"));
        }
        return faults;
    }

    /// <summary>Weighs a file that is a zip within, such as a workbook, for a library that unpacks it itself. What its entries declare holds: .NET inflates no more of them.</summary>
    public static SourceFault? TooBig(DeliveryFile file, UnpackBudget budget)
    {
        try
        {
            using var archive = ZipFile.OpenRead(file.Path);
            foreach (var entry in archive.Entries)
                if (!budget.TryEntry())
                    return Faults.ZipTooBig(file.Name, budget.EntryLimit.Zh, budget.EntryLimit.En);
                else if (budget.Take(entry.Length, entry.CompressedLength) is var (zh, en))
                    return Faults.ZipTooBig(file.Name, zh, en);
        }
        // Whoever reads it says what it is instead.
        catch (InvalidDataException)
        {
        }
        return null;
    }

    static Encoding NameEncoding(ZipArchive archive)
    {
        var names = archive.Entries.Where(e => IsRaw(e.FullName)).SelectMany(e => (byte[])[.. Encoding.Latin1.GetBytes(e.FullName), (byte)'\n']).ToArray();
        return EncodingDetector.Detect(null, null, names).Encoding;
    }

    // A flagged name has characters beyond Latin-1, or is ASCII and the same in all encodings.
    static bool IsRaw(string name) => name.All(c => c <= '\u00FF') && !Ascii.IsValid(name);

    static string NameOf(ZipArchiveEntry entry, Encoding encoding)
        => (IsRaw(entry.FullName) ? encoding.GetString(Encoding.Latin1.GetBytes(entry.FullName)) : entry.FullName).Replace('\\', '/');

    /// <returns>False when the whole archive is refused.</returns>
    static bool TryEntry(DeliveryFile zip, ZipArchiveEntry entry, string name, string folder, UnpackBudget budget, List<SourceFault> faults)
    {
        if (!budget.TryEntry())
        {
            faults.Add(Faults.ZipTooBig(zip.Name, budget.EntryLimit.Zh, budget.EntryLimit.En));
            return false;
        }
        if (name.EndsWith('/') || DeliveryFile.IsJunk(name))
            return true;
        if (Climbs(name, folder))
            faults.Add(Faults.ZipPathClimbs(zip.Name, name));
        else if (entry.IsEncrypted)
            faults.Add(Faults.ZipEncrypted(zip.Name, name));
        else if (Inflate(entry, Path.Combine(folder, name), budget) is var (zh, en))
        {
            faults.Add(Faults.ZipTooBig(zip.Name, zh, en));
            return false;
        }
        return true;
    }

    static bool Climbs(string name, string folder)
        => name.StartsWith('/') || name.Contains('\0') || (name.Length > 1 && name[1] == ':') || name.Split('/').Contains("..")
            || !Path.GetFullPath(Path.Combine(folder, name)).StartsWith(folder + "/", StringComparison.Ordinal);

    static (string Zh, string En)? Inflate(ZipArchiveEntry entry, string target, UnpackBudget budget)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var source = entry.Open();
        using var file = File.Create(target);
        return budget.Copy(source, file, entry.CompressedLength);
    }
}
