using CityOps.Gis.Access;
using CityOps.Gis.PostGis.Views;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>The menu of saved views: keeps the page as it is under a name, and opens, renames, shares and deletes what was kept. A view is an address, which holds all that a page shows.</summary>
public sealed partial class ViewMenu(IStringLocalizer<ViewText> texts, SavedViews saved, NavigationManager navigation, IJSRuntime script) : IAsyncDisposable
{
    readonly CancellationTokenSource _closing = new();
    IReadOnlyList<SavedView>? _views;
    IJSObjectReference? _module;
    string _name = "", _newName = "";
    string? _notice;
    long? _renamed, _deleted;
    bool _isOpen;

    [CascadingParameter]
    public Caller? Caller { get; set; }

    IStringLocalizer<ViewText> Text => texts;

    public async ValueTask DisposeAsync()
    {
        StopWaiting();
        // Not disposed: an answer that is still on its way looks at the token.
        await _closing.CancelAsync();
        await _module.GiveUp();
    }

    Task Toggle()
    {
        if (_isOpen)
        {
            Close();
            return Task.CompletedTask;
        }
        (_isOpen, _notice) = (true, null);
        return List();
    }

    void Close() => (_isOpen, _renamed, _deleted, _notice) = (false, null, null, null);

    void Key(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
            Close();
    }

    async Task List() => _views = await saved.List(Caller!.Id!, _closing.Token);

    bool IsTaken(string name) => _views?.Any(view => view.IsOwn && view.Name == name.Trim()) == true;

    async Task Save()
    {
        var name = _name.Trim();
        if (name.Length == 0)
            return;
        await saved.Save(Caller!.Id!, name, Here(), _closing.Token);
        (_name, _notice) = ("", Text["ViewSaved", name]);
        await List();
    }

    // The language is the reader's own.
    string Here()
    {
        var uri = new Uri(navigation.Uri);
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith(UiLanguage.QueryKey + "=", StringComparison.Ordinal)));
        return query.Length == 0 ? uri.AbsolutePath : $"{uri.AbsolutePath}?{query}";
    }

    void BeginRename(SavedView view) => (_renamed, _newName, _notice) = (view.Id, view.Name, null);

    async Task Rename(SavedView view)
    {
        var name = _newName.Trim();
        if (name.Length == 0)
            return;
        if (!await saved.Rename(Caller!.Id!, view.Id, name, _closing.Token))
        {
            _notice = Text["NameTaken", name];
            return;
        }
        (_renamed, _notice) = (null, null);
        await List();
    }

    async Task Share(SavedView view)
    {
        await saved.Share(Caller!.Id!, view.Id, !view.IsShared, _closing.Token);
        _notice = view.IsShared ? Text["NoLongerShared", view.Name] : Text["NowShared", view.Name];
        await List();
    }

    async Task Delete(SavedView view)
    {
        await saved.Delete(Caller!.Id!, view.Id, _closing.Token);
        (_deleted, _notice) = (null, Text["ViewDeleted", view.Name]);
        await List();
    }

    async Task Copy(SavedView view)
    {
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", _closing.Token, "./Components/Views/ViewMenu.razor.js");
        var link = navigation.ToAbsoluteUri(view.Address).ToString();
        _notice = await _module.InvokeAsync<bool>("copy", _closing.Token, link) ? Text["LinkCopied"] : Text["CopyYourself", link];
    }

    string NoteOf(SavedView view)
    {
        var page = new Uri(new Uri(navigation.BaseUri), view.Address).AbsolutePath switch { "/" => "map", "/analysis" => "analysis", "/grids" => "grids", _ => "other" };
        return string.Join(" · ", new[] { Text["page." + page].Value, view.IsOwn ? view.IsShared ? Text["Shared"].Value : null : Text["FromOthers"].Value }.OfType<string>());
    }
}
