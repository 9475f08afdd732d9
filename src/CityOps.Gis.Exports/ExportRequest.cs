using System.Globalization;
using System.Text;
using CityOps.Gis.Crs;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports;

/// <summary>What is exported and how it is written.</summary>
public sealed record ExportRequest(ExportQuestion Question, ExportFormat Format)
{
    /// <summary>Reference system of the coordinates: CGCS2000 degrees where nothing else is asked for.</summary>
    public CrsDefinition Crs { get; init; } = CrsCatalog.Find(4490)!;

    /// <summary>Names of the fields, see <see cref="FieldNaming"/>.</summary>
    public string Naming { get; init; } = FieldNaming.Own;

    /// <summary>Texts of CSV and shapefiles in GB 18030 (of which GBK is the part in use) instead of UTF-8.</summary>
    public bool IsGbk { get; init; }

    /// <summary>A CSV in UTF-8 begins with a byte order mark, by which Excel knows it.</summary>
    public bool HasByteOrderMark { get; init; } = true;

    /// <summary>Texts of a CSV that a spreadsheet would take for formulas bear a mark (<see cref="Features.FormulaMark"/>).</summary>
    public bool MarksFormulas { get; init; } = true;

    /// <summary>How a table holds geometries.</summary>
    public TableGeometry Geometry { get; init; } = TableGeometry.Usual;

    /// <summary>Rows above the limit are wanted all the same.</summary>
    public bool IsConfirmed { get; init; }

    public Encoding Encoding => IsGbk ? Gb18030 : new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding(54936)!;

    /// <summary>Decimals that name a place to a tenth of a millimetre in the units of <see cref="Crs"/>.</summary>
    public int Decimals => Crs.IsGeographic ? 9 : 4;

    /// <summary>The options that differ from the usual, for the record of the export.</summary>
    public string Options => string.Join('&', new[]
    {
        Crs.Epsg is 4490 ? "" : string.Create(CultureInfo.InvariantCulture, $"crs=EPSG:{Crs.Epsg}"),
        IsGbk ? "encoding=gbk" : "",
        MarksFormulas ? "" : "formulas=plain",
        $"generation={Naming}",
        Question.Limit is { } limit ? string.Create(CultureInfo.InvariantCulture, $"limit={limit}") : "",
    }.Where(part => part.Length > 0));
}
