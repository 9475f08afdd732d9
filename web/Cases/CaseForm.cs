using System.Globalization;
using System.Text.Json;
using CityOps.Gis.PostGis.Cases;

namespace CityOps.Gis.Web.Cases;

/// <summary>What was sent with a report or a move: fields of a JSON object, or of a form (RFC 7578) whose files are the photos.</summary>
sealed class CaseForm
{
    const int MostFiles = 9;
    readonly Dictionary<string, string> _fields = [];

    readonly List<IFormFile> _photos = [];

    /// <summary>How many photos came; none is looked at before <see cref="Photos"/>.</summary>
    public int PhotoCount => _photos.Count;

    public string? this[string name] => _fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>The number in a field; null where there is none.</summary>
    /// <exception cref="CaseFormException">It is none.</exception>
    public double? Number(string name) => this[name] is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw CaseFormException.Of(name, text);

    /// <exception cref="CaseFormException">It is none.</exception>
    public DateTimeOffset? Time(string name) => this[name] is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : throw CaseFormException.Of(name, text);

    /// <exception cref="CaseFormException">It is none.</exception>
    public Guid? Token(string name) => this[name] is not { } text ? null : Guid.TryParse(text, out var token) ? token : throw CaseFormException.Of(name, text);

    /// <summary>The photos made anew (<see cref="PhotoMaker"/>), for a sender whose right and case are known by now.</summary>
    /// <exception cref="CaseFormException">A file is no photo.</exception>
    /// <exception cref="TimeoutException">Too many photos of others are made.</exception>
    public async Task<IReadOnlyList<NewPhoto>> Photos(PhotoTurns turns, CancellationToken cancel)
    {
        var made = new List<NewPhoto>();
        foreach (var file in _photos)
            made.Add(await Photo(file, turns, cancel));
        return made;
    }

    /// <exception cref="CaseFormException">The body is neither.</exception>
    public static async Task<CaseForm> Read(HttpRequest request, CancellationToken cancel)
    {
        var form = new CaseForm();
        if (request.HasFormContentType)
            await form.ReadForm(request, cancel);
        else
            await form.ReadJson(request, cancel);
        return form;
    }

    // Read by hand: who sends with a key has no token of a form, and pages of other sites are kept out before (SameOriginWrites).
    async Task ReadForm(HttpRequest request, CancellationToken cancel)
    {
        IFormCollection sent;
        try
        {
            sent = await request.ReadFormAsync(cancel);
        }
        catch (InvalidDataException fault)
        {
            throw new CaseFormException("bad-form", new($"无法读取表单：{fault.Message}", $"The form cannot be read: {fault.Message}"));
        }
        foreach (var (name, value) in sent)
            _fields[name] = value.ToString();
        if (sent.Files.Count > MostFiles)
            throw CaseFormException.TooManyPhotos;
        _photos.AddRange(sent.Files);
    }

    static async Task<NewPhoto> Photo(IFormFile file, PhotoTurns turns, CancellationToken cancel)
    {
        if (file.Length > PhotoMaker.MostBytes)
            throw CaseFormException.NoPhoto(file.FileName);
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, cancel);
        return await turns.Make(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), cancel) ?? throw CaseFormException.NoPhoto(file.FileName);
    }

    async Task ReadJson(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw CaseFormException.NoObject;
            foreach (var member in document.RootElement.EnumerateObject())
                if (member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    _fields[member.Name] = member.Value.ToString();
                else if (member.Value.ValueKind != JsonValueKind.Null)
                    throw CaseFormException.Of(member.Name, member.Value.ToString());
        }
        catch (JsonException)
        {
            throw CaseFormException.NoObject;
        }
    }
}
