using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources.Shapefiles;

/// <summary>Finds out what a shapefile is: type, fields, rows, reference system and encoding, with the evidence.</summary>
static class ShapefileSource
{
    /// <exception cref="SourceException">It cannot be read at all.</exception>
    public static SourceLayer Describe(ShapefileParts parts, string? chosenEncoding)
    {
        using var shp = new MappedFile(parts.Shp);
        var header = ShapefileHeader.Read(shp) ?? throw NotAShapefile(parts);
        if (header.Kind is not { } kind)
            throw new SourceException(Faults.ShapeUnsupported(parts.File, header.ShapeType == 31 ? "MultiPatch" : $"{header.ShapeType}"));
        if (parts.Dbf is null)
            throw new SourceException(Faults.DbfMissing(parts.File));
        using var index = ShapeIndex.Open(parts.Shx, shp);
        using var dbf = new DbfTable(parts.Dbf, parts.DbfFile);
        if (index.Count != dbf.DeclaredRows && !IsCutOff(shp, index, dbf))
            throw new SourceException(Faults.CountsDiffer(parts.File, index.Count, dbf.DeclaredRows));
        return Describe(parts, header, kind, index, dbf, chosenEncoding);
    }

    static SourceLayer Describe(ShapefileParts parts, ShapefileHeader header, GeometryKind kind, ShapeIndex index, DbfTable dbf, string? chosenEncoding)
    {
        var found = EncodingDetector.Detect(parts.Cpg is null ? null : File.ReadAllText(parts.Cpg), dbf.LanguageId, dbf.Sample(), chosenEncoding);
        return new SourceLayer
        {
            File = parts.File,
            Name = Path.GetFileNameWithoutExtension(parts.File),
            Format = "Shapefile",
            Columns = Columns(dbf, found),
            Geometry = kind,
            HasZ = header.HasZ,
            HasM = header.HasM,
            RowCount = dbf.DeclaredRows - dbf.CountDeleted(),
            DeclaredCrs = parts.Prj is null ? null : Prj(parts.Prj),
            Encoding = found.Name,
            EncodingEvidence = [.. found.Evidence, .. Remarks(parts, index, dbf)],
            Extent = header.Extent,
        };
    }

    static SourceException NotAShapefile(ShapefileParts parts) => FileMagic.Of(parts.Shp) switch
    {
        "an empty file" => new(Faults.Empty(parts.File)),
        "a shapefile" => new(Faults.Truncated(parts.File, 1)),
        var kind => new(Faults.Other(parts.File, "Shapefile (.shp)", kind ?? "something else")),
    };

    // A .shp without .shx that ends early has fewer records than rows; the reader says at which row it breaks off.
    static bool IsCutOff(MappedFile shp, ShapeIndex index, DbfTable dbf)
        => index.IsRebuilt && index.Count < dbf.DeclaredRows && shp.Length < 2L * System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(shp.Span(24, 4));

    static SourceColumn[] Columns(DbfTable dbf, EncodingFinding found)
    {
        var names = UniqueNames.Of(Enumerable.Range(0, dbf.Fields.Length).Select(i => dbf.Name(i, found.Encoding)));
        return [.. dbf.Fields.Select((field, i) => new SourceColumn(names[i], field.ColumnType, field.Width))];
    }

    static IEnumerable<LocalText> Remarks(ShapefileParts parts, ShapeIndex index, DbfTable dbf)
    {
        if (parts.Shx is null)
            yield return new("没有 .shx 文件，已遍历 .shp 重建索引。", "There is no .shx; the index was rebuilt by walking the .shp.");
        else if (index.IsRebuilt)
            yield return new(".shx 与 .shp 不匹配，已遍历 .shp 重建索引。", "The .shx does not belong to this .shp; the index was rebuilt by walking the .shp.");
        if (dbf.Fields.Any(f => f.IsMemo))
            yield return new("备注型字段留空：其文字存于 .dbt 或 .fpt 文件，不予读取。", "Memo fields are left empty; their texts lie in a .dbt or .fpt, which is not read.");
    }

    static string? Prj(string path) => File.ReadAllText(path).Trim('\uFEFF', ' ', '\r', '\n', '\t', '\0') is { Length: > 0 } text ? text : null;
}
