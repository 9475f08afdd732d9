using System.Diagnostics;
using System.Globalization;

namespace CityOps.Gis.PostGis.Cluster;

/// <summary>PostgreSQL's own programs (<c>initdb, pg_ctl, psql</c>) of the newest installed version, 15 or above.</summary>
public sealed class PostgresTools
{
    const int OldestVersion = 15;
    readonly string _folder;

    PostgresTools(string folder) => _folder = folder;

    public static PostgresTools Find()
        => Candidates().OrderByDescending(candidate => candidate.Version).FirstOrDefault() is { Folder: not null } newest
            ? new(newest.Folder)
            : throw new ClusterException(new(
                $"没有找到 PostgreSQL {OldestVersion} 或更高版本。请安装软件包 postgresql-15 和 postgresql-15-postgis-3，或用 CITYOPS_DATABASE 指定其他服务器。",
                $"PostgreSQL {OldestVersion} or newer was not found. Install the packages postgresql-15 and postgresql-15-postgis-3, or name another server in CITYOPS_DATABASE."));

    public string PathOf(string program) => Path.Combine(_folder, program);

    internal (int ExitCode, string Output) Run(ServerUser user, string program, params string[] arguments)
    {
        using var process = Process.Start(user.Command(PathOf(program), arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        // pg_ctl start leaves its pipes to the server, so the streams never end; after it exits, what was said is there.
        Task.WaitAll([output, errors], TimeSpan.FromMilliseconds(200));
        return (process.ExitCode, (errors.IsCompleted ? errors.Result : "") + (output.IsCompleted ? output.Result : ""));
    }

    internal void Need(ServerUser user, string program, params string[] arguments)
    {
        var (exitCode, output) = Run(user, program, arguments);
        if (exitCode != 0)
            throw new ClusterException(new($"{program} 失败（退出码 {exitCode}）：{output.Trim()}", $"{program} failed with exit code {exitCode}: {output.Trim()}"));
    }

    static IEnumerable<(string Folder, int Version)> Candidates()
    {
        foreach (var root in new[] { "/usr/lib/postgresql", "/usr/pgsql" }.Where(Directory.Exists))
            foreach (var folder in Directory.GetDirectories(root))
                if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) && version >= OldestVersion
                    && File.Exists(Path.Combine(folder, "bin", "pg_ctl")))
                    yield return (Path.Combine(folder, "bin"), version);
    }
}
