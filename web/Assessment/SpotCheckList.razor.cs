using CityOps.Gis.PostGis.Assessment;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Assessment;

/// <summary>Checks on the spot of an area or a department with their photos; who is assessed appeals them, who evaluates adds photos.</summary>
public sealed partial class SpotCheckList(IStringLocalizer<AssessmentText> texts, SpotChecks desk, AssessmentWords words, FieldText values) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<NewPhoto> _photos = [];
    CaseRefusal? _refusal;
    long? _adding;
    bool _isBusy;

    [Parameter, EditorRequired]
    public required IReadOnlyList<SpotCheck> Checks { get; set; }

    [Parameter]
    public bool MayAppeal { get; set; }

    [Parameter]
    public bool MayAdd { get; set; }

    /// <summary>Photos were added.</summary>
    [Parameter]
    public EventCallback OnAdded { get; set; }

    IStringLocalizer<AssessmentText> Text => texts;

    public void Dispose() => _closing.Cancel();

    void Begin(long? check) => (_adding, _photos, _refusal) = (check, [], null);

    async Task Add(SpotCheck check)
    {
        _isBusy = true;
        try
        {
            _refusal = (await desk.Add(check.Fid, _photos, _closing.Token)).Refusal;
        }
        finally
        {
            _isBusy = false;
        }
        if (_refusal is not null)
            return;
        Begin(null);
        await OnAdded.InvokeAsync();
    }
}
