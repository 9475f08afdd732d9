using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Cases;

/// <summary>What was sent cannot be read; answered with 400 where the request ends.</summary>
sealed class CaseFormException(string code, LocalText sentence) : Exception(sentence.En)
{
    public string Code => code;
    public LocalText Sentence => sentence;

    public static CaseFormException NoObject => new("bad-body", new("正文应为 JSON 对象或 multipart/form-data 表单。", "The body must be a JSON object or a multipart/form-data form."));
    public static CaseFormException TooManyPhotos => new("too-many-photos", new("最多附 9 张照片。", "At most 9 photos."));

    public static CaseFormException Of(string name, string value) => new("bad-value", new($"{name}=“{value}” 无法识别。", $"'{name}' cannot be '{value}'."));

    public static CaseFormException NoPhoto(string file)
        => new("no-photo", new($"“{file}” 不是 12 MB 以内的 JPEG、PNG 或 WebP 照片。", $"'{file}' is no JPEG, PNG or WebP photo of at most 12 MB."));
}
