using System.Globalization;

namespace CityOps.Gis.Web.Pages;

/// <summary>A feature by its layer and number, written <c>components/123</c>.</summary>
public sealed record FeatureId(string LayerId, long Fid)
{
    public static FeatureId? TryParse(string? text)
        => text?.Split('/') is [{ Length: > 0 } layer, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var fid) ? new(layer, fid) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LayerId}/{Fid}");
}
