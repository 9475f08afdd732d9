using System.Diagnostics;
using System.Globalization;

namespace CityOps.Gis.Testing.Faults;

/// <summary>A disk of a few megabytes (tmpfs) that can be filled: what is written then fails as on any full disk (ENOSPC).</summary>
public sealed class SmallDisk : IDisposable
{
    SmallDisk(string path) => Path = path;

    public string Path { get; }

    string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Null where this process may not mount.</summary>
    public static SmallDisk? Mount(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("cityops-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755"), "tmpfs", path) == 0)
            return new(path);
        Directory.Delete(path);
        return null;
    }

    /// <summary>Takes all that is free, whoever else is writing.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Ballast, FileMode.Append, FileAccess.Write);
        var page = new byte[4096];
        try
        {
            for (var at = RandomAccess.GetLength(file); ; at += page.Length)
                RandomAccess.Write(file, page, at);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        if (Run("umount", Path) != 0)
            Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
