using System.Globalization;
using CityOps.Gis.Exports;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web;

/// <summary>How this process exports, as the environment says.</summary>
public static class ExportSettings
{
    /// <summary>Rows from which on an export must be confirmed.</summary>
    public const string Limit = "CITYOPS_EXPORT_LIMIT";

    /// <exception cref="CommandException">The setting is not a number of rows.</exception>
    public static ExportOptions Read() => Environment.GetEnvironmentVariable(Limit) switch
    {
        null or "" => new(),
        { } text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && rows > 0 => new() { Limit = rows },
        { } text => throw new CommandException(new($"{Limit}=“{text}”不是大于零的行数。", $"{Limit}='{text}' is not a number of rows above zero.")),
    };
}
