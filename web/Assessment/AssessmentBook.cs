using CityOps.Gis.Assessment;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Ratings as an Excel workbook: the ranking with all numbers, and what the indicators mean.</summary>
static class AssessmentBook
{
    /// <param name="target">Left open.</param>
    public static async Task Write(Stream target, IReadOnlyList<Indicator> indicators, IReadOnlyList<Rating> ratings, IStringLocalizer<AssessmentText> texts, CancellationToken cancel)
    {
        await using var book = await Spreadsheet.CreateNewAsync(target, cancellationToken: cancel);
        var (bold, score) = (book.AddStyle(new Style { Font = { Bold = true } }), book.AddStyle(new Style { Format = NumberFormat.Custom("0.0") }));
        await book.StartWorksheetAsync(texts["Sheet.Ratings"], new WorksheetOptions { FrozenRows = 1 }, cancel);
        await book.AddHeaderRowAsync(Headings(indicators, texts), bold, cancel);
        foreach (var (place, rating) in Rating.Ranked(ratings))
            await book.AddRowAsync(Row(place, rating, indicators, score), cancel);
        await book.StartWorksheetAsync(texts["Sheet.Rules"], new WorksheetOptions { FrozenRows = 1 }, cancel);
        await book.AddHeaderRowAsync([texts["Indicator"].Value, texts["Formula"].Value, texts["WeightPercent"].Value, texts["Source"].Value], bold, cancel);
        foreach (var one in indicators)
            await book.AddRowAsync([new Cell(one.Title.In(UiLanguage.Current)), new(one.Formula.In(UiLanguage.Current)), new(one.Weight), new(one.Source ?? texts["OwnRule"].Value)], cancel);
        await book.FinishAsync(cancel);
    }

    static string[] Headings(IReadOnlyList<Indicator> indicators, IStringLocalizer<AssessmentText> texts)
        =>
        [
            texts["Place"], texts["Code"], texts["Name"],
            .. indicators.Select(one => one.Title.In(UiLanguage.Current)).SelectMany(title => new[] { texts["Numerator", title].Value, texts["Denominator", title].Value, texts["Score", title].Value }),
            texts["Points"], texts["Total"], texts["Grade"],
        ];

    static Cell[] Row(int? place, Rating rating, IReadOnlyList<Indicator> indicators, StyleId score)
        =>
        [
            new(place), new(rating.Code), new(rating.Name), .. indicators.Select(one => rating.Of(one.Id)).SelectMany(figure => new[] { new Cell(figure.Counted), new(figure.Of), new(figure.Score, score) }),
            new(rating.Points), new(rating.Total, score), new(rating.Grade?.ToString()),
        ];
}
