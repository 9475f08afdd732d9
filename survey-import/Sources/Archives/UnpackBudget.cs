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
            if ((_bytes += read) > bytes)
                return ($"{bytes:N0} 字节", $"{bytes:N0} bytes");
            if (written > FreeOfRatio && written / Math.Max(1, packedLength) > MaxRatio)
                return ($"{MaxRatio} 倍压缩比", $"{MaxRatio} times its packed size");
            target.Write(buffer, 0, read);
        }
        return null;
    }

    public (string Zh, string En) EntryLimit => ($"{entries:N0} 个文件", $"{entries:N0} files");
}
