using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Components.Tools;

/// <summary>Asks for the title and the format of a picture of the map, which the browser then draws and saves.</summary>
public sealed partial class PictureBox(IStringLocalizer<MapText> texts)
{
    bool _isOpen, _isPdf, _isBusy;
    PictureOutcome _outcome;
    string _title = "";

    /// <summary>The title that is proposed.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Draws it: the title, and whether it is to be a PDF.</summary>
    [Parameter, EditorRequired]
    public required Func<string, bool, Task<PictureOutcome>> Draw { get; set; }

    /// <summary>Gives up the picture that is being drawn.</summary>
    [Parameter]
    public EventCallback OnStop { get; set; }

    IStringLocalizer<MapText> Text => texts;

    void Toggle()
    {
        _isOpen = !_isOpen;
        if (_isOpen && _title.Length == 0)
            _title = Title;
    }

    async Task Make()
    {
        (_isBusy, _outcome) = (true, PictureOutcome.Saved);
        try
        {
            _outcome = await Draw(_title, _isPdf);
            _isOpen = _outcome != PictureOutcome.Saved;
        }
        finally
        {
            _isBusy = false;
        }
    }

    void Close(KeyboardEventArgs key) => _isOpen &= key.Key != "Escape";
}
