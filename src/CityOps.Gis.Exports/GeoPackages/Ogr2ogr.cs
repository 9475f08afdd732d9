using System.ComponentModel;
using System.Diagnostics;

namespace CityOps.Gis.Exports.GeoPackages;

/// <summary>GDAL's converter as a child process (Debian: gdal-bin).</summary>
static class Ogr2ogr
{
    /// <summary>Writes a FlatGeobuf with its spatial index beside a GeoPackage, and gives its path.</summary>
    /// <exception cref="ExportRefusedException">GDAL is not installed, or it refuses.</exception>
    public static async Task<string> ToFlatGeobuf(string geoPackage, string layer, CancellationToken cancel)
    {
        var made = Path.ChangeExtension(geoPackage, ".fgb");
        using var child = Start(["-f", "FlatGeobuf", made, geoPackage, layer, "-nln", layer]);
        try
        {
            var errors = child.StandardError.ReadToEndAsync(cancel);
            await child.WaitForExitAsync(cancel);
            return child.ExitCode == 0 && File.Exists(made) ? made : throw Refused(await errors);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            throw;
        }
    }

    static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("ogr2ogr", arguments) { RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            throw new ExportRefusedException(new("FlatGeobuf 由 GDAL 写出，而本机没有 ogr2ogr（软件包 gdal-bin）；请改用 GeoPackage。", "GDAL writes FlatGeobuf, and ogr2ogr (package gdal-bin) is not installed here; export as GeoPackage."));
        }
    }

    static ExportRefusedException Refused(string said)
        => new(new($"GDAL 未能写出 FlatGeobuf：{said.Trim()}", $"GDAL could not write FlatGeobuf: {said.Trim()}"));
}
