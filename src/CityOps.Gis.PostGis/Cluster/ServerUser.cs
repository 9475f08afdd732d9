using System.Diagnostics;

namespace CityOps.Gis.PostGis.Cluster;

/// <summary>The user that runs the server: the caller, or Debian's <c>postgres</c> when the caller is root, as PostgreSQL refuses to run as root.</summary>
sealed class ServerUser
{
    const UnixFileMode Passed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    readonly bool _switch;

    ServerUser(string name, bool switchUser)
    {
        Name = name;
        _switch = switchUser;
    }

    public string Name { get; }

    public static ServerUser Current()
        => Environment.IsPrivilegedProcess ? new("postgres", switchUser: true) : new(Environment.UserName, switchUser: false);

    /// <summary>Program and arguments that run a command as this user.</summary>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments)
    {
        var all = _switch ? ["-u", Name, "--", program, .. arguments] : arguments;
        return new(_switch ? "runuser" : program, all) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true };
    }

    public void Own(string folder)
    {
        if (_switch)
            Run("chown", "-R", Name, folder);
    }

    /// <summary>
    /// The folder itself, or, where the other user may not pass through a parent (a clone under <c>/root</c>), a folder under <c>/var/lib</c> that
    /// a link at the wanted place points to.
    /// </summary>
    public string ReachableFolder(string folder)
    {
        if (!_switch)
            return folder;
        if (new DirectoryInfo(folder).LinkTarget is { } target)
            return target;
        var parent = Path.GetDirectoryName(folder)!;
        Directory.CreateDirectory(parent);
        if (Run("runuser", "-u", Name, "--", "test", "-x", parent) == 0)
            return folder;
        var elsewhere = Path.Combine("/var/lib/cityops", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(folder)))[..12]);
        // Passed through by the other user, whatever the mask of this process, and listed by nobody.
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere)!);
        File.SetUnixFileMode(Path.GetDirectoryName(elsewhere)!, Passed);
        if (!Directory.Exists(folder))
            Directory.CreateSymbolicLink(folder, elsewhere);
        return elsewhere;
    }

    static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
