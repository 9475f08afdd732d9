namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>How a delivery is opened.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Encoding of all texts, overruling what the files say (<c>GBK</c>, <c>UTF-8</c>, …); null = find out.</summary>
    public string? Encoding { get; init; }

    /// <summary>Folder for unpacked files; null = the system's temporary folder.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Bytes that all archives of a delivery may unpack to, counted while unpacking.</summary>
    public long MaxUnpackedBytes { get; init; } = 16L << 30;
    public int MaxEntries { get; init; } = 50_000;
}
