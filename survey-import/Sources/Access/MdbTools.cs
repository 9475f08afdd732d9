using System.Diagnostics;
using System.Text;

namespace CityOps.Gis.SurveyImport.Sources.Access;

/// <summary>
/// The programs of mdbtools, each run as a process of its own, so that a damaged database can at worst end that. GDAL's driver for personal geodatabases (ODBC on top of
/// the same library) is passed by: it reads no table whose name is Chinese or has a blank, and enters its ODBC driver in the machine's odbcinst.ini.
/// </summary>
static class MdbTools
{
    /// <summary>False when mdbtools is not installed.</summary>
    public static bool IsInstalled
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "mdb-export")));

    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        // Names on the command line and texts in the output are UTF-8 whatever the machine's locale.
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["MDBICONV"] = "UTF-8";
        return Process.Start(start)!;
    }

    /// <exception cref="SourceException">The program ends with an error.</exception>
    public static string Output(DeliveryFile file, string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var complaints = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new SourceException(Faults.MdbUnreadable(file.Name, Sentence(file, complaints.Result)));
    }

    /// <summary>The last line of what a program complained about, with the file called as the delivery calls it.</summary>
    public static string Sentence(DeliveryFile file, string complaints)
        => complaints.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("no reason given")
            .Replace(file.Path, file.Name, StringComparison.Ordinal).TrimEnd('.');
}
