using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Photos that a person adds: each is made anew at once (<see cref="PhotoMaker"/>) and shown as it will be kept.</summary>
public sealed partial class PhotoInput(IStringLocalizer<CaseText> texts, PhotoTurns turns) : IDisposable
{
    const int Most = 9;
    readonly CancellationTokenSource _closing = new();
    string? _fault;
    bool _isReading;

    [Parameter, EditorRequired]
    public required IReadOnlyList<NewPhoto> Photos { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<NewPhoto>> PhotosChanged { get; set; }

    /// <summary>Of the input, unique on its page.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter]
    public bool IsNeeded { get; set; }

    IStringLocalizer<CaseText> Text => texts;

    // Not disposed: a photo that is still being read looks at the token.
    public void Dispose() => _closing.Cancel();

    async Task Take(InputFileChangeEventArgs chosen)
    {
        (_fault, _isReading) = (null, true);
        var photos = Photos.ToList();
        if (chosen.FileCount + photos.Count > Most)
            _fault = Text["TooMany"];
        else
            await Add(photos, chosen.GetMultipleFiles(Most));
        _isReading = false;
        await PhotosChanged.InvokeAsync(photos);
    }

    async Task Add(List<NewPhoto> photos, IReadOnlyList<IBrowserFile> files)
    {
        try
        {
            foreach (var file in files)
                if (await Made(file) is { } photo)
                    photos.Add(photo);
                else
                    _fault = Text["NoPhoto", file.Name];
        }
        catch (TimeoutException)
        {
            _fault = Text["PhotosBusy"];
        }
    }

    async Task<NewPhoto?> Made(IBrowserFile file)
    {
        if (file.Size > PhotoMaker.MostBytes)
            return null;
        using var bytes = new MemoryStream((int)file.Size);
        await using var stream = file.OpenReadStream(PhotoMaker.MostBytes, _closing.Token);
        await stream.CopyToAsync(bytes, _closing.Token);
        return await turns.Make(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), _closing.Token);
    }

    Task Drop(NewPhoto photo) => PhotosChanged.InvokeAsync([.. Photos.Where(one => one != photo)]);
}
