using System.Globalization;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Says who answers for a layer, memory or PostGIS, and how new that is.</summary>
/// <param name="Kind"><c>live, stale, copying, postgis</c> or <c>missing</c>, which the style sheet knows.</param>
/// <param name="Short">A word beside the mark; null where the mark says enough.</param>
/// <param name="Long">The sentence that explains it.</param>
public sealed record LayerSign(string Kind, string? Short, string Long)
{
    /// <param name="forced">The executor that was chosen; null = automatic.</param>
    /// <param name="zone">Zone of the times that are shown.</param>
    public static LayerSign Of(LiveLayer layer, TileExecutor? forced, TimeZoneInfo zone, IStringLocalizer<UiText> text)
    {
        if (forced == TileExecutor.Sql)
            return new("postgis", null, text["sign.chosen"]);
        var reason = layer.Reason is { } why ? " " + why.In(UiLanguage.Current) : "";
        if (layer.View is not { } view)
            return forced == TileExecutor.Snapshot ? new("missing", text["sign.missing.short"], text["sign.missing"] + reason)
                : layer.State == LayerState.Copying ? new("copying", text["sign.copying.short"], text["sign.copying"] + reason)
                : new("postgis", "PostGIS", text[layer.State is LayerState.Waiting or LayerState.TooLarge or LayerState.Unfollowed ? "sign.not." + layer.State : "sign.postgis"] + reason);
        var size = (view.Bytes / 1048576.0).ToString("#,0.0", CultureInfo.CurrentCulture);
        if (layer.State == LayerState.Live)
            return new("live", null, text["sign.live", size]);
        var asOf = TimeZoneInfo.ConvertTime(view.AsOf, zone);
        var isToday = asOf.Date == TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone).Date;
        return new("stale", text["sign.stale.short", asOf.ToString(isToday ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture)],
            text["sign.stale", asOf.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)] + reason);
    }
}
