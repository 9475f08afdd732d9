using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>Where a backup or a restore stands.</summary>
/// <param name="Name">What is being done.</param>
/// <param name="Done">Rows, bytes or items, as the step counts.</param>
/// <param name="Total">Null while it is not known.</param>
public readonly record struct BackupStep(LocalText Name, long Done, long? Total)
{
    public static BackupStep Reading(long rows, long? total) => new(new("读取数据（行）", "Reading the database (rows)"), rows, total);

    public static BackupStep Hashing(long bytes, long total) => new(new("计算校验和", "Checking the file"), bytes, total);

    public static BackupStep Making() => new(new("建立表", "Making the tables"), 0, null);

    public static BackupStep Filling(long bytes, long total) => new(new("写入数据", "Filling the tables"), bytes, total);

    public static BackupStep Indexing(long items, long total) => new(new("建立索引和约束", "Making indexes and constraints"), items, total);

    public static BackupStep Analyzing() => new(new("统计", "Collecting statistics"), 0, null);

    public static BackupStep Updating() => new(new("升级到本版本", "Bringing it up to this version"), 0, null);

    public static BackupStep Switching() => new(new("切换", "Switching over"), 0, null);
}
