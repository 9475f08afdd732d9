namespace CityOps.Gis.SurveyImport.Sources.Archives;

/// <summary>What all archives of one delivery may still unpack; counted while inflating, because headers may lie.</summary>
sealed class UnpackBudget(long bytes, int entries)
{
    const long FreeOfRatio = 64L << 20;
    const int MaxRatio = 500;
    long _bytes;
    int _entries;

    public bool TryEntry() => ++_entries <= entries;

    /// <summary>Copies until the source ends; null when it fits, else the limit that was passed, in Chinese and English.</summary>
    public (string Zh, string En)? Copy(Stream source, Stream target, long packedLength)
    {
        var buffer = new byte[1 << 17];
        long written = 0;
        for (int read; (read = source.Read(buffer)) > 0;)
        {
            written += read;
            if (Over(read, written, packedLength) is { } limit)
                return limit;
            target.Write(buffer, 0, read);
        }
        return null;
    }

    /// <summary>Counts what others unpack; null when it fits, else the limit that was passed.</summary>
    public (string Zh, string En)? Take(long length, long packedLength) => Over(length, length, packedLength);

    (string Zh, string En)? Over(long more, long written, long packedLength)
        => (_bytes += more) > bytes ? ($"{bytes:N0} 字节", $"{bytes:N0} bytes")
            : written > FreeOfRatio && written / Math.Max(1, packedLength) > MaxRatio ? ($"{MaxRatio} 倍压缩比", $"{MaxRatio} times its packed size")
            : null;

    public (string Zh, string En) EntryLimit => ($"{entries:N0} 个文件", $"{entries:N0} files");
}
