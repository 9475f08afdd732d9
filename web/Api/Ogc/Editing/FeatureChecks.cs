using System.Globalization;
using CityOps.Gis.Codes;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;
using CityOps.Gis.SurveyImport.Sources;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;

namespace CityOps.Gis.Web.Api.Ogc.Editing;

/// <summary>
/// Checks a single feature by the importer's own rules: it goes through <see cref="RowChecker"/> as a delivery of one row, with the class table and the rule for codes
/// of the layer's last delivery.
/// </summary>
sealed class FeatureChecks(NpgsqlDataSource source, LayerCatalog catalog, LayerStatistics statistics)
{
    readonly BatchStore _batches = new(source);
    readonly WKBReader _reader = new();
    volatile Known? _known;

    /// <summary>What the database knows of the city, as of versions of its districts and departments.</summary>
    sealed record Known(long Version, SpineFacts Facts, SurveyMask? Area);

    /// <param name="isKeyKept">The feature has its key already, so that the key need not be a code of the standard.</param>
    public async Task<CheckedFeature> Check(LayerDefinition layer, FeatureInput input, bool isKeyKept, CancellationToken cancel)
    {
        var known = await Facts(cancel);
        var (rule, layout, table) = await CodesOf(layer, input, cancel);
        var checker = new RowChecker(new()
        {
            Layer = layer,
            Lists = catalog.Lists,
            Settings = new() { LayerId = layer.Id, CodeRule = isKeyKept ? CodeRule.Local : rule },
            Divisions = known.Facts.Divisions,
            Departments = known.Facts.Departments,
            Area = known.Area,
        }, Mapping(layer, ColumnsOf(layer, input)), new(null, false, Crs.MapOffset.None), layout, table);
        var chunk = checker.Check(Row(layer, input));
        var values = layer.Fields.Select((field, at) => (field, at)).Where(one => one.field.Stored).ToDictionary(one => one.field.Name, one => Value(chunk.Fields[one.at], one.field.Type));
        return new(Stored(chunk), values, Faults(chunk, Severity.Error), Faults(chunk, Severity.Warning));
    }

    async Task<Known> Facts(CancellationToken cancel)
    {
        var versions = await statistics.Versions(cancel);
        var version = versions.GetValueOrDefault("districts") + versions.GetValueOrDefault("departments");
        if (_known is { } known && known.Version == version)
            return known;
        var facts = await SpineFacts.Load(source, cancel);
        return _known = new(version, facts, facts.Area is { } area ? new(area.ConvexHull()) : null);
    }

    // The feature's own table of classes goes first, then what its code's length tells, as it does for a delivery.
    async Task<(CodeRule Rule, CodeLayout Layout, string Table)> CodesOf(LayerDefinition layer, FeatureInput input, CancellationToken cancel)
    {
        var last = (await _batches.List(100, cancel)).FirstOrDefault(batch => batch.LayerId == layer.Id && batch.State == BatchState.Published);
        var settings = last is null ? null : System.Text.Json.JsonSerializer.Deserialize<DeliverySettings>(last.Settings, Importer.SettingsFormat);
        var layout = settings?.CodeLayout ?? (input.Properties.GetValueOrDefault(layer.Key)?.Length == 17 ? CodeLayout.Gbt47678 : CodeLayout.Cjt214);
        var table = input.Properties.GetValueOrDefault("class_table") ?? settings?.ClassTable ?? (layout == CodeLayout.Cjt214 ? "cjt214-2007" : "gbt47678.5-2026");
        return (settings?.CodeRule ?? CodeRule.Standard, layout, table);
    }

    // What must be there is looked for also where it was not sent.
    static List<string> ColumnsOf(LayerDefinition layer, FeatureInput input)
        => [.. input.Properties.Keys.Union(layer.StoredFields.Where(field => field.Required).Select(field => field.Name))];

    // Only what is stored can be asked for: delivered grids and coordinates stand beside a geometry in files, not in a feature.
    static LayerMapping Mapping(LayerDefinition layer, List<string> columns)
        => new(new() { File = "", Name = layer.Id, Format = "GeoJSON", Columns = [.. columns.Select(name => new SourceColumn(name, SourceColumnType.Text))], Geometry = layer.Geometry },
            [.. layer.Fields.Select(field => new FieldMapping(
                field, columns.IndexOf(field.Name) is >= 0 and var at ? at : null, null, null, MappedBy.Name))], []);

    static FeatureChunk Row(LayerDefinition layer, FeatureInput input)
        => new(1, 1, [.. ColumnsOf(layer, input).Select(name => new TextColumn([input.Properties.GetValueOrDefault(name)]))], layer.Geometry == GeometryKind.None ? null : Place(input.Geometry));

    static GeometryColumn Place(Geometry? geometry)
    {
        var column = new GeometryColumn(1);
        column.IsEmpty[0] = geometry is null or { IsEmpty: true };
        if (column.IsEmpty[0])
            return column;
        var spot = geometry is Point point ? point.Coordinate : geometry!.Centroid.Coordinate;
        (column.X[0], column.Y[0]) = (spot.X, spot.Y);
        column.Kinds[0] = geometry!.Dimension switch { Dimension.Point => GeometryKind.Point, Dimension.Curve => GeometryKind.Line, _ => GeometryKind.Polygon };
        if (geometry is not Point)
            column.Wkb[0] = new WKBWriter(ByteOrder.LittleEndian).Write(geometry);
        return column;
    }

    Geometry? Stored(CheckedChunk chunk)
    {
        if (chunk.Geometry is not { } geometry || geometry.IsEmpty[0])
            return null;
        return geometry.Wkb[0] is { } wkb ? _reader.Read(wkb) : new Point(geometry.X[0], geometry.Y[0]);
    }

    static object? Value(Column? column, FieldType type) => column switch
    {
        null => null,
        _ when column.IsNull(0) => null,
        TextColumn texts => type == FieldType.List ? texts.Values[0]!.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : texts.Values[0],
        DateColumn days => DateOnly.FromDayNumber(days.Values[0]),
        TimestampColumn times => new DateTime(times.Values[0], DateTimeKind.Utc),
        RealColumn reals => reals.Values[0],
        IntegerColumn numbers => type == FieldType.Boolean ? numbers.Values[0] != 0 : numbers.Values[0],
        _ => throw new NotSupportedException($"{column.GetType().Name} is no column of a checked chunk."),
    };

    static List<OgcRefusal.FeatureFault> Faults(CheckedChunk chunk, Severity severity)
        => [.. chunk.Issues.Where(issue => issue.Severity == severity).Select(issue => new OgcRefusal.FeatureFault(issue.Field, issue.Code.ToString(), Text(issue), issue.Value))];

    static LocalText Text(RowIssue issue)
    {
        var (rule, value) = (Rules.Of(issue.Code), issue.Value is { } given ? string.Create(CultureInfo.InvariantCulture, $" ({given})") : "");
        return new($"{rule.Text.Zh}{value}。", $"{rule.Text.En}{value}.");
    }
}
