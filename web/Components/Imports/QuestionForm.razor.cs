using CityOps.Gis.Crs;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>What the importer asks before it can begin, each question once for all files it holds for, with the answers to choose from.</summary>
public sealed partial class QuestionForm(IStringLocalizer<ImportText> texts)
{
    (QuestionKind Kind, string File)? _asked;
    string? _written;
    string? _fault;

    [Parameter, EditorRequired]
    public required ImportDraft Draft { get; set; }

    [Parameter]
    public EventCallback<DeliverySettings> OnDecide { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    IEnumerable<List<DeliveryQuestion>> Groups => Draft.Questions.GroupBy(one => (one.Kind, string.Join('\n', one.Choices.Select(choice => choice.Value)))).Select(group => group.ToList());

    Task Answer(DeliveryQuestion question, string? answer)
    {
        (_asked, _written, _fault) = ((question.Kind, question.File), answer, null);
        if (string.IsNullOrWhiteSpace(answer))
            return Task.CompletedTask;
        var settings = Draft.Settings;
        switch (question.Kind)
        {
            case QuestionKind.Key:
                return OnDecide.InvokeAsync(settings with { Mapping = settings.Mapping.With(answer, Draft.Layer.Key) });
            case QuestionKind.WebMapOffset:
                return OnDecide.InvokeAsync(settings with { WebMapOffset = answer });
            case QuestionKind.Crs when CrsCatalog.Parse(answer) is { Crs: null, Reason: { } reason }:
                _fault = reason.In(UiLanguage.Current);
                return Task.CompletedTask;
            case QuestionKind.Crs:
                return OnDecide.InvokeAsync(settings with { Crs = answer.Trim() });
            default:
                _fault = IsShift(answer) ? null : Text["NoShift"].Value;
                return _fault is null ? OnDecide.InvokeAsync(settings with { DatumShift = answer.Trim() }) : Task.CompletedTask;
        }
    }

    bool IsAsked(DeliveryQuestion question) => _asked == (question.Kind, question.File);

    static bool IsShift(string text)
    {
        try
        {
            DatumShiftText.Parse(text.Trim());
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
