using System.Globalization;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>Words the page that the browser draws of a map: what is asked, whose map it is and when it was made.</summary>
public sealed class MapPictures(SpineTree spine, BaseMapTiles baseMaps, TimeProvider clock, GisWebOptions options, IStringLocalizer<UiText> texts, IStringLocalizer<MapText> tools)
{
    public async Task<MapPicture> Of(string title, MapAddress address, IReadOnlyList<MapPictureLayer> legend, bool isPdf, CancellationToken cancel)
        => new(title, await Sentence(address.Question, cancel), legend, Footer(address.Base), isPdf);

    /// <summary>Whose the map is, and when it was made.</summary>
    /// <param name="baseId">The base map; null = the own ground.</param>
    public string Footer(string? baseId)
    {
        var made = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone));
        return tools["PictureFooter", made.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), BaseMapChooser.Of(baseId, baseMaps)?.Attribution ?? texts["Attribution"]];
    }

    // Area, department, period, selection.
    async Task<string> Sentence(MapQuestion question, CancellationToken cancel)
    {
        var parts = new List<string> { question.Area is not { } area ? texts["WholeCity"] : (await spine.PathTo(area, cancel)).LastOrDefault()?.Title ?? area };
        if (question.Department is { } department)
            parts.Add((await spine.Departments(cancel)).FirstOrDefault(one => one.Code == department)?.Title ?? department);
        if (question.From is not null || question.To is not null)
            parts.Add($"{question.From:yyyy-MM-dd} – {question.To?.AddDays(-1):yyyy-MM-dd}");
        if (question.Shape is not null)
            parts.Add(tools["Selection"]);
        return string.Join(" · ", parts);
    }
}
