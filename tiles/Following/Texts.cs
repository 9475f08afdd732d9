using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Tiles.Following;

/// <summary>What operators are told of a layer or of the follower.</summary>
static class Texts
{
    public static LocalText Reloading { get; } = new("批量变更后正在重新加载；此前的数据仍可查看。", "It is being loaded anew after a bulk change; what was there before is still shown.");

    public static LocalText NotLogical { get; } = new(
        "数据库未启用逻辑复制：请设置 wal_level = logical 并重启 PostgreSQL。瓦片由 PostGIS 提供。",
        "The database does not do logical replication: set wal_level = logical and restart PostgreSQL. Tiles come from PostGIS.");

    public static LocalText NoPublication { get; } = new(
        "数据库中没有发布“cityops”：请用本版本程序启动一次 ./cityops up 或导入一次数据。瓦片由 PostGIS 提供。",
        "The database has no publication 'cityops': start ./cityops up of this version once, or import something. Tiles come from PostGIS.");

    public static LocalText MayNotReplicate(string user) => new(
        $"数据库用户 {user} 没有复制权限：请执行 alter role \"{user}\" replication。瓦片由 PostGIS 提供。",
        $"The database user {user} may not replicate: run alter role \"{user}\" replication. Tiles come from PostGIS.");

    public static LocalText FromFile(DateTimeOffset at) => new(
        $"来自文件，数据截至 {Time(at)}；正在与数据库核对。", $"From a file, as of {Time(at)}; it is being compared with the database.");

    public static LocalText Lost(string why) => new($"与数据库的复制连接已中断（{why}）；正在重试。", $"The replication connection to the database is lost ({why}); it is tried again.");

    public static LocalText TooLarge(long needed, long left) => new(
        $"约需 {needed >> 20} MB 内存，仅剩 {left >> 20} MB 可用；由 PostGIS 提供瓦片。可调高内存上限。",
        $"It takes about {needed >> 20} MB of memory and {left >> 20} MB are left for it; PostGIS answers. The memory limit can be raised.");

    public static LocalText NoTable(string layer) => new($"数据库中没有图层 {layer} 的表。", $"The database has no table of layer {layer}.");

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
