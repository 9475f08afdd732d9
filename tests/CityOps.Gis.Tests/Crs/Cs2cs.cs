using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

/// <summary>PROJ's own program as the oracle. Both ends are given as PROJ strings, so easting or longitude always comes first.</summary>
static class Cs2cs
{
    public static (double X, double Y)[] Run(string from, string to, IEnumerable<(double X, double Y)> points)
    {
        using var process = Start(from, to);
        var writing = Task.Run(() =>
        {
            foreach (var (x, y) in points)
                process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{x:R} {y:R}"));
            process.StandardInput.Close();
        });
        var found = new List<(double, double)>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var cells = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            found.Add((double.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture)));
        }
        writing.Wait();
        process.WaitForExit();
        return [.. found];
    }

    static Process Start(string from, string to)
    {
        var start = new ProcessStartInfo("cs2cs") { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in (string[])["-f", "%.12f", .. from.Split(' '), "+to", .. to.Split(' ')])
            start.ArgumentList.Add(word);
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("cs2cs (Debian package proj-bin) is not on this machine.");
            throw;
        }
    }
}
