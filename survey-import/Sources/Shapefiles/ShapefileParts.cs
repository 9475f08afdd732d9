namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>The files of one shapefile; names match in any case (<c>ROAD.shp</c>, <c>road.DBF</c>).</summary>
/// <param name="File">Path of the .shp within the delivery, for messages.</param>
sealed record ShapefileParts(string File, string Shp, string? Shx, string? Dbf, string? Prj, string? Cpg)
{
    public static readonly string[] Companions = [".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".fix", ".shp.xml", ".idx", ".ixs", ".mxs",
        ".atx", ".ain", ".aih", ".fbn", ".fbx", ".aux", ".dbt", ".fpt", ".lyr", ".qml", ".sld"];

    public string DbfFile => System.IO.Path.ChangeExtension(File, System.IO.Path.GetExtension(Dbf));

    public static ShapefileParts Of(string shpPath, string fileInDelivery, IEnumerable<string> neighbours)
    {
        var stem = shpPath[..^4];
        var found = neighbours
            .Where(path => path.StartsWith(stem, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(path => path.StartsWith(stem, StringComparison.Ordinal))
            .ToLookup(path => path[stem.Length..].ToLowerInvariant());
        return new(fileInDelivery, shpPath, found[".shx"].FirstOrDefault(), found[".dbf"].FirstOrDefault(), found[".prj"].FirstOrDefault(),
            found[".cpg"].FirstOrDefault());
    }
}
