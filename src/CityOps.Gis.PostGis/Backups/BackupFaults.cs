using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Backups;

/// <summary>Sentences for what can go wrong with a backup.</summary>
static class BackupFaults
{
    public static BackupException Exists(string file) => new(new($"{file} 已存在，未改动。请换一个文件名。", $"{file} is there already and was left alone. Choose another name."));

    public static BackupException NoFolder(string file) => new(new($"没有文件夹 {Path.GetDirectoryName(file)}，请先建立。", $"There is no folder {Path.GetDirectoryName(file)}; make it first."));

    public static BackupException NoFile(string file) => new(new($"没有文件 {file}。", $"There is no file {file}."));

    public static BackupException NotWritten(string file, string said) => new(Reason(said) ?? new($"备份没有写成，{file} 未生成：{said}", $"The backup was not made and there is no {file}: {said}"));

    public static BackupException Hidden(IReadOnlyList<string> tables) => new(new(
        $"该用户看不到全部数据（行级安全：{string.Join("、", tables)}），不能做备份。由数据库所有者或超级用户执行，或授予 bypassrls。",
        $"The user does not see everything (row-level security of {string.Join(", ", tables)}), so the backup would not be whole. Run it as the owner or a superuser, or give the user bypassrls."));

    public static BackupException Altered(string file) => new(new(
        $"{file} 与其校验和（{file}{BackupFile.ChecksumEnding}）不符：传输时损坏或被改动。请换一份副本。",
        $"{file} is not as it was written: its checksum in {file}{BackupFile.ChecksumEnding} is another. It was damaged on its way or altered; use another copy."));

    public static BackupException NoBackup(string file, string said) => new(new(
        $"{file} 不是完整的备份（pg_dump 自定义格式）：{said}", $"{file} is no whole backup (pg_dump's custom format): {said}"));

    public static BackupException NotOfTheProduct(string file) => new(new(
        $"{file} 是其他数据库的备份：其中没有模式 cityops。", $"{file} is the backup of some other database: it holds no schema cityops."));

    public static BackupException HasData(string database) => new(new(
        $"数据库 {database} 已有数据，未作改动。加 --replace 以备份替换它，或用 --into 恢复到另一个数据库。",
        $"The database {database} holds data and was left alone. Add --replace to put the backup in its place, or restore it beside with --into."));

    public static BackupException IsOther(string database) => new(new(
        $"数据库 {database} 不是本产品的数据库，不会被替换。请用 --into 另取一个名称。",
        $"The database {database} belongs to something else and is never replaced. Choose another name for --into."));

    public static BackupException Busy(string database) => new(new($"另一个恢复正在写入 {database}，请等它结束。", $"Another restore into {database} is running; wait for it to end."));

    public static BackupException MayNotCreate(string user, string database) => new(new(
        $"用户 {user} 无权建立数据库，因此不能替换 {database}。由管理员执行 alter role {user} createdb，或恢复到一个空的数据库。",
        $"The user {user} may not make databases, so {database} cannot be replaced. Have an administrator run: alter role {user} createdb; or restore into an empty database."));

    public static BackupException NotRestored(string database, bool isWhole, string said)
    {
        var after = isWhole ? new LocalText("原有数据未受影响。", "What was there before is untouched.") : new LocalText($"{database} 中留有不完整的数据，请删除后重建。", $"{database} holds part of it; drop it and make it anew.");
        return new(Reason(said) is { } known ? new(known.Zh + after.Zh, $"{known.En} {after.En}") : new($"恢复失败：{said} {after.Zh}", $"The restore failed: {said} {after.En}"));
    }

    public static BackupException Newer(IEnumerable<string> scripts) => new(new(
        $"备份来自更新的版本（{string.Join("、", scripts)}），请先升级本程序。", $"The backup was made by a newer version of the program ({string.Join(", ", scripts)}); update this one first."));

    // What the programs say of causes that people can mend.
    static LocalText? Reason(string said)
        => said.Contains("No space left on device", StringComparison.Ordinal) || said.Contains("could not extend file", StringComparison.Ordinal)
            ? new("磁盘已满，请腾出空间后重试。", "The disk is full; make room and try again.")
        : said.Contains("server version mismatch", StringComparison.Ordinal)
            ? new($"本机的 PostgreSQL 工具比服务器旧：{said}", $"The PostgreSQL programs of this machine are older than the server: {said}")
        : null;
}
