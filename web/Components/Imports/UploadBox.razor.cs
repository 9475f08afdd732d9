using System.Globalization;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;

namespace CityOps.Gis.Web.Components.Imports;

/// <summary>
/// Where people drop files, and what is on its way. The files go from the browser to the server in chunks; only beginning and end are told here. An upload goes on
/// while the person looks at other pages of the program.
/// </summary>
public sealed partial class UploadBox(IStringLocalizer<ImportText> texts, IJSRuntime script, ImportOptions options) : IAsyncDisposable
{
    static readonly string[] Words =
        ["UploadOf", "UploadPaused", "UploadRetry", "UploadDone", "Pause", "Resume", "Stop", "UploadAsk", "FileGone", "Files"];

    ElementReference _element;
    IJSObjectReference? _module;
    IJSObjectReference? _box;
    DotNetObjectReference<UploadBox>? _self;
    bool _isDisposed;

    [CascadingParameter(Name = "AssetRoot")]
    public string AssetRoot { get; set; } = "";

    /// <summary>What the box asks for; null = the usual.</summary>
    [Parameter]
    public string? Lead { get; set; }

    /// <summary>Batch whose refused rows the files bring mended; null = none.</summary>
    [Parameter]
    public long? Mends { get; set; }

    /// <summary>An upload has begun, ended or been given up; its job's number.</summary>
    [Parameter]
    public EventCallback<long> OnChanged { get; set; }

    /// <summary>All files of an upload are here; its job's number.</summary>
    [Parameter]
    public EventCallback<long> OnCompleted { get; set; }

    IStringLocalizer<ImportText> Text => texts;
    string MostGigabytes => (options.MostBytes / (double)(1 << 30)).ToString("0.#", CultureInfo.CurrentCulture);

    [JSInvokable]
    public Task Changed(long jobId) => OnChanged.InvokeAsync(jobId);

    [JSInvokable]
    public Task Completed(long jobId) => OnCompleted.InvokeAsync(jobId);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        var module = await script.InvokeAsync<IJSObjectReference>("import", $"{AssetRoot}/Components/Imports/UploadBox.razor.js");
        if (_isDisposed)
        {
            await module.DisposeAsync();
            return;
        }
        _module = module;
        _self = DotNetObjectReference.Create(this);
        _box = await module.InvokeAsync<IJSObjectReference>("attach", _element, _self, Words.ToDictionary(word => word, word => Text[word].Value), Mends);
        // The page may have been left while the browser was at it.
        if (_isDisposed)
            await module.GiveUp(_box, "detach");
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        StopWaiting();
        await _module.GiveUp(_box, "detach");
        _self?.Dispose();
    }
}
