using CityOps.Gis.BaseMaps;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web;

/// <summary>The base maps of this process, as the environment says: a file of definitions (<c>.data/basemaps.json</c> where the environment names none).</summary>
public static class BaseMapSettings
{
    public const string File = "CITYOPS_BASEMAPS";

    /// <exception cref="CommandException">The file is not there or cannot be used.</exception>
    public static BaseMapOptions Read()
    {
        var data = Path.Combine(CommandContext.Root, ".data");
        var (named, usual) = (Environment.GetEnvironmentVariable(File), Path.Combine(data, "basemaps.json"));
        if (string.IsNullOrEmpty(named) && !System.IO.File.Exists(usual))
            return new();
        var path = string.IsNullOrEmpty(named) ? usual : named;
        if (!System.IO.File.Exists(path))
            throw new CommandException(new($"没有底图文件 {path}（{File}）。", $"There is no file {path} with base maps ({File})."));
        try
        {
            return new() { Maps = BaseMapFile.Read(path), Folder = Path.Combine(data, "basemaps") };
        }
        catch (BaseMapException fault)
        {
            throw new CommandException(fault.Text);
        }
    }
}
