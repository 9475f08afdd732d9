using System.IO.Compression;

namespace CityOps.Gis.SurveyImport.Sources.Archives;

/// <summary>Unpacks a single gzipped file within the budget.</summary>
static class GzipUnpacker
{
    public static SourceFault? Unpack(DeliveryFile gz, string target, UnpackBudget budget)
    {
        if (FileMagic.Of(gz.Path) != "a gzip file")
            return Faults.GzipBroken(gz.Name);
        try
        {
            using var packed = File.OpenRead(gz.Path);
            using var source = new GZipStream(packed, CompressionMode.Decompress);
            using var file = File.Create(target);
            return budget.Copy(source, file, packed.Length) is var (zh, en) ? Faults.ZipTooBig(gz.Name, zh, en) : null;
        }
        catch (InvalidDataException)
        {
            return Faults.GzipBroken(gz.Name);
        }
    }
}
