using CityOps.Gis.Detections;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Cases;

namespace CityOps.Gis.Web.Detections;

/// <summary>Reads what a recogniser sends: fields of a JSON object or of a form (<see cref="CaseForm"/>), the picture as the form's file or as a field in Base64 (RFC 4648, 4).</summary>
static class DetectionForm
{
    const int LongestId = 200, LongestName = 100;

    /// <summary>Null where something is missing.</summary>
    /// <exception cref="CaseFormException">A value cannot be read.</exception>
    public static SentDetection? Read(CaseForm form)
        => form["camera"] is { } camera && Short(form, "id", LongestId) is { } id && form["kind"] is { } kind && form.Time("at") is { } at && form.Number("confidence") is { } confidence
            && form.Number("x") is { } x && form.Number("y") is { } y && form.Number("w") is { } width && form.Number("h") is { } height
            ? new(camera, id, kind, at, confidence, new PictureBox(x, y, width, height))
            {
                Recogniser = Short(form, "recogniser", LongestName) ?? "", Direction = form.Number("direction"), FieldOfView = form.Number("fieldOfView"), Tilt = form.Number("tilt"),
            }
            : null;

    /// <summary>The bytes that were sent; null where there are none.</summary>
    /// <exception cref="CaseFormException">There are too many, or they are no Base64.</exception>
    public static async Task<ReadOnlyMemory<byte>?> Picture(CaseForm form, HttpRequest request, CancellationToken cancel)
    {
        if (request.HasFormContentType && (await request.ReadFormAsync(cancel)).Files is [var file, ..])
        {
            if (file.Length > PhotoMaker.MostBytes)
                throw CaseFormException.NoPhoto(file.FileName);
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, cancel);
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }
        if (form["picture"] is not { } text)
            return null;
        var decoded = new byte[text.Length / 4 * 3 + 3];
        return text.Length / 4 * 3 <= PhotoMaker.MostBytes && Convert.TryFromBase64String(text, decoded, out var length) ? decoded.AsMemory(0, length) : throw CaseFormException.NoPhoto("picture");
    }

    static string? Short(CaseForm form, string name, int most) => form[name] is not { } text ? null : text.Length <= most ? text : throw CaseFormException.Of(name, text);
}
