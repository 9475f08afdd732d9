namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>A file of a delivery after unpacking.</summary>
/// <param name="Path">Where it lies on disk.</param>
/// <param name="Name">What the delivery calls it, '/' between folders and after an inner archive's name.</param>
readonly record struct DeliveryFile(string Path, string Name)
{
    /// <summary>Of what lies on disk: <c>.csv</c> of what the delivery calls <c>lamps.csv.gz</c>.</summary>
    public string Extension => System.IO.Path.GetExtension(Path).ToLowerInvariant();
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Litter of macOS and Windows that archives carry along.</summary>
    public static bool IsJunk(string name)
        => name.Split('/', '\\') is var parts && (parts.Contains("__MACOSX") || parts[^1].StartsWith("._", StringComparison.Ordinal)
            || parts[^1] is ".DS_Store" or "Thumbs.db" or "desktop.ini");
}
