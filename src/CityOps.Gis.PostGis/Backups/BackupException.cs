using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>A backup cannot be written, read or restored; the sentence says why and what to do. What was there before is as it was.</summary>
public sealed class BackupException(LocalText reason) : Exception(reason.En)
{
    public LocalText Reason => reason;
}
