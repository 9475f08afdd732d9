using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components;

/// <summary>Stands in a form: whoever leaves it, or its page, with changes that are not saved is asked whether they may go. A tab that is closed is asked about by the browser.</summary>
public sealed partial class UnsavedChanges(IStringLocalizer<UiText> texts, NavigationManager navigation)
{
    TaskCompletionSource<bool>? _answer;
    ElementReference _stay;
    bool _isToFocus, _isDiscarded;

    /// <summary>Is there anything that would be lost?</summary>
    [Parameter, EditorRequired]
    public required bool IsChanged { get; set; }

    /// <summary>Does the form stay at this address of its page? A page that only writes its state leaves nothing.</summary>
    [Parameter]
    public Func<Uri, bool> Stays { get; set; } = _ => false;

    IStringLocalizer<UiText> Text => texts;

    /// <summary>May what was changed be dropped? At once where nothing was changed; otherwise the person is asked, and a later question takes the place of this one.</summary>
    public async Task<bool> MayLeave()
    {
        if (!IsChanged || _isDiscarded)
            return true;
        _answer?.TrySetResult(false);
        var asked = _answer = new();
        _isToFocus = true;
        StateHasChanged();
        return await asked.Task;
    }

    // What was changed after something else was dropped is asked about again.
    protected override void OnParametersSet() => _isDiscarded &= IsChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isToFocus || _answer is null)
            return;
        _isToFocus = false;
        await _stay.FocusAsync();
    }

    void Key(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            Answer(false);
    }

    void Answer(bool isLeaving)
    {
        _isDiscarded = isLeaving;
        _answer?.TrySetResult(isLeaving);
        _answer = null;
    }

    async Task Leaving(LocationChangingContext change)
    {
        if (!IsChanged || _isDiscarded || Stays(new(new(navigation.BaseUri), change.TargetLocation)))
            return;
        change.PreventNavigation();
        if (await MayLeave())
            navigation.NavigateTo(change.TargetLocation);
    }
}
