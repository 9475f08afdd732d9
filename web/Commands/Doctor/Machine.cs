using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CityOps.Gis.Web.Commands.Doctor;

/// <summary>What the doctor wants to know of a machine. Another one stands in where a test has a machine that is full.</summary>
public sealed record Machine
{
    /// <summary>Free bytes of the disk that a folder is on; null where there is no such folder.</summary>
    public Func<string, long?> FreeBytes { get; init; } = folder => Nearest(folder) is { } there ? new DriveInfo(there).AvailableFreeSpace : null;

    public Func<long> MemoryBytes { get; init; } = () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>First line that a program says of its version; null where it is not installed.</summary>
    public Func<string, string?> VersionOf { get; init; } = Ask;

    /// <summary>Can the port be listened on?</summary>
    public Func<int, bool> IsPortFree { get; init; } = TryListen;

    static string? Nearest(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (at.Exists)
                return at.FullName;
        return null;
    }

    static string? Ask(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = process.StandardOutput.ReadToEndAsync();
            var complained = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            return (said.Result + complained.Result).Split('\n')[0].Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static bool TryListen(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Any, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
