using CityOps.Gis.PostGis;
using CityOps.Gis.Web.Pages;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>What all layers are asked for: an area of the spine, walked through level by level, and a department.</summary>
public sealed partial class QuestionPanel(IStringLocalizer<UiText> texts, SpineTree spine) : IDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SpineNode> _path = [];
    IReadOnlyList<SpineNode>? _below;
    IReadOnlyList<SpineNode> _departments = [];
    string? _area;
    bool _isOpen;

    [Parameter, EditorRequired]
    public required MapQuestion Question { get; set; }

    [Parameter]
    public EventCallback<MapQuestion> QuestionChanged { get; set; }

    /// <summary>What else a page asks, below.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    IStringLocalizer<UiText> Text => texts;
    string PlaceTitle => Question.Area is null ? Text["WholeCity"] : _path.Count == 0 ? Question.Area : string.Join(" › ", _path.TakeLast(2).Select(one => one.Title));

    // Not disposed: an answer that is still on its way looks at the token.
    public void Dispose() => _closing.Cancel();

    protected override async Task OnInitializedAsync() => _departments = await spine.Departments(_closing.Token);

    protected override async Task OnParametersSetAsync()
    {
        if (_below is not null && _area == Question.Area)
            return;
        _area = Question.Area;
        _path = _area is null ? [] : await spine.PathTo(_area, _closing.Token);
        _below = await spine.Below(_area, _closing.Token);
    }

    void Fold() => _isOpen = !_isOpen;

    Task Go(string? code) => Change(Question with { Area = code });

    Task Change(MapQuestion question) => question == Question ? Task.CompletedTask : QuestionChanged.InvokeAsync(question);
}
