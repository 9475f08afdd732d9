using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.Web.Outage;

/// <summary>Tells a full disk from other faults: this machine's, or the database's.</summary>
static class DiskFull
{
    /// <summary>What Linux says of a disk without room, and of a quota that is used up (errno.h: ENOSPC, EDQUOT).</summary>
    const int NoSpace = 28, QuotaExceeded = 122;

    public static LocalText OfAnImport { get; } = new(
        "磁盘已满，导入已停止，图层未受影响。请腾出空间后再次开始。", "The disk is full and the import has stopped; the layer is as it was. Make room, then start it again.");

    public static bool Is(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => true,
        IOException { HResult: NoSpace or QuotaExceeded } => true,
        _ => fault.InnerException is { } inner && Is(inner),
    };
}
