using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;
using CityOps.Gis.Web.Imports;

namespace CityOps.Gis.Web.Api.Imports;

/// <summary>What is to be uploaded, checked: safe paths, a name for people, and a hash by which the same files are known again.</summary>
sealed record UploadPlan(string Name, string Manifest, IReadOnlyList<(string Path, long Size)> Files)
{
    const int MostCharacters = 120;

    public long Bytes => Files.Sum(file => file.Size);

    /// <returns>The plan, or a sentence that says why these files are not taken.</returns>
    public static (UploadPlan? Plan, LocalText? Refusal) Of(UploadRequest request, ImportOptions options)
    {
        var files = (request.Files ?? []).Where(file => !Delivery.IsLitter(file.Path ?? "")).ToList();
        if (files.Count == 0)
            return (null, new("没有可上传的文件。", "There are no files to bring."));
        if (files.Count > options.MostFiles)
            return (null, new($"一次最多 {options.MostFiles} 个文件，这里有 {files.Count} 个；请打成 zip。", $"At most {options.MostFiles} files are taken at a time, and these are {files.Count}; put them into a zip."));
        if (files.Find(file => SafePath.Of(file.Path) is null || file.Size < 0) is { } unusable)
            return (null, new($"文件名“{unusable.Path}”不能用。", $"The file name '{unusable.Path}' cannot be used."));
        List<(string Path, long Size)> named = [.. files.Select(file => (SafePath.Of(file.Path)!, file.Size))];
        if (named.GroupBy(file => file.Path).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return (null, new($"“{twice.Key}”出现了两次。", $"'{twice.Key}' occurs twice."));
        // What was said of the sizes may be anything: a sum beyond all numbers is as large as the largest.
        var bytes = named.Aggregate(0L, (sum, file) => file.Size > long.MaxValue - sum ? long.MaxValue : sum + file.Size);
        if (bytes > options.MostBytes)
            return (null, new($"文件共 {Gigabytes(bytes)} GB，超过上限 {Gigabytes(options.MostBytes)} GB；请分批上传。", $"The files are {Gigabytes(bytes)} GB, more than the {Gigabytes(options.MostBytes)} GB that are taken; bring them in parts."));
        return (new(NameOf(request.Name, named), ManifestOf(files, request.Mends), named), null);
    }

    static string NameOf(string? said, List<(string Path, long Size)> files)
    {
        var name = said?.Trim() is { Length: > 0 } given ? given : files is [var only] ? Path.GetFileName(only.Path) : TopFolder(files) ?? Path.GetFileName(files.MaxBy(file => file.Size).Path);
        return name.Length <= MostCharacters ? name : name[..MostCharacters];
    }

    static string? TopFolder(List<(string Path, long Size)> files)
        => files[0].Path.Split('/') is [var top, _, ..] && files.TrueForAll(file => file.Path.StartsWith(top + "/", StringComparison.Ordinal)) ? top : null;

    static string ManifestOf(List<UploadRequest.File> files, long? mends)
        => Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(mends + string.Join('\n', files
            .Select(file => string.Create(CultureInfo.InvariantCulture, $"{SafePath.Of(file.Path)}\t{file.Size}\t{file.Modified}")).Order(StringComparer.Ordinal)))));

    static string Gigabytes(long bytes) => (bytes / (double)(1 << 30)).ToString("0.##", CultureInfo.InvariantCulture);
}
