using CityOps.Gis.Web.Outage;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Says that something is waited for, with the way to stop it; or that it was stopped or cut off, with the way to ask again. Nothing where the answer is there.</summary>
public sealed partial class AnswerWait(IStringLocalizer<UiText> texts, DatabaseOutage outage)
{
    AnswerHalt _told;

    [Parameter, EditorRequired]
    public required Answering Of { get; set; }

    /// <summary>What is being done; null = loading.</summary>
    [Parameter]
    public string? Says { get; set; }

    [Parameter]
    public EventCallback OnAgain { get; set; }

    IStringLocalizer<UiText> Text => texts;

    // Whether the database is away for everybody is looked into once for each answer that was cut off.
    protected override void OnParametersSet()
    {
        if (Of.Halt == AnswerHalt.Away && _told != AnswerHalt.Away)
            outage.Suspect();
        _told = Of.Halt;
    }
}
