using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Cases;

/// <summary>Photos that a person adds: each is made anew at once (<see cref="PhotoMaker"/>) and shown as it will be kept.</summary>
public sealed partial class PhotoInput(IStringLocalizer<CaseText> texts)
{
    const int Most = 9;
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

    async Task Take(InputFileChangeEventArgs chosen)
    {
        (_fault, _isReading) = (null, true);
        var photos = Photos.ToList();
        if (chosen.FileCount + photos.Count > Most)
            _fault = Text["TooMany"];
        else
            foreach (var file in chosen.GetMultipleFiles(Most))
                if (await Made(file) is { } photo)
                    photos.Add(photo);
                else
                    _fault = Text["NoPhoto", file.Name];
        _isReading = false;
        await PhotosChanged.InvokeAsync(photos);
    }

    static async Task<NewPhoto?> Made(IBrowserFile file)
    {
        if (file.Size > PhotoMaker.MostBytes)
            return null;
        using var bytes = new MemoryStream((int)file.Size);
        await using var stream = file.OpenReadStream(PhotoMaker.MostBytes);
        await stream.CopyToAsync(bytes);
        // Decoding takes a core for a moment: not the one of the circuit.
        return await Task.Run(() => PhotoMaker.Make(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
    }

    Task Drop(NewPhoto photo) => PhotosChanged.InvokeAsync([.. Photos.Where(one => one != photo)]);
}
