using CityOps.Gis.Codes;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.SurveyImport.Checking;
using CityOps.Gis.SurveyImport.Sources;
using Npgsql;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>Says, with evidence, what every layer of a delivery is: fields, reference system, generation of the standard. What it is unsure of, it asks.</summary>
public sealed class DeliveryInspector(NpgsqlDataSource source, LayerDefinition layer, DeliverySettings settings, SurveyArea? area)
{
    const int SampleRows = 5_000;

    public async Task<IReadOnlyList<LayerInspection>> Inspect(Delivery delivery, CancellationToken cancel = default)
    {
        var inspections = new List<LayerInspection>();
        foreach (var one in delivery.Layers)
        {
            using var reader = delivery.OpenReader(one);
            inspections.Add(await Inspect(one, reader.Read(cancel).FirstOrDefault(), cancel));
        }
        return inspections;
    }

    /// <param name="sample">The layer's first rows; null where it has none.</param>
    public async Task<LayerInspection> Inspect(SourceLayer source, FeatureChunk? sample, CancellationToken cancel = default)
    {
        var mapping = FieldMapper.Map(source, layer, settings.Mapping);
        var questions = new List<DeliveryQuestion>();
        var evidence = new List<LocalText>(source.EncodingEvidence);
        var keys = Keys(mapping, sample);
        AskForKey(mapping, questions);
        var layout = LayoutOf(keys, evidence);
        var crs = layer.Geometry == GeometryKind.None ? null : ReferenceSystem(source, sample, questions);
        evidence.AddRange(crs?.Evidence ?? []);
        var offset = crs?.Crs is { } system && questions.Count == 0 ? await Offset(mapping, sample, system, crs.SwapAxes, questions, cancel) : null;
        return new()
        {
            Source = source,
            Mapping = mapping,
            Crs = crs,
            Offset = offset,
            CodeLayout = layout,
            ClassTable = settings.ClassTable ?? (layout == CodeLayout.Cjt214 ? "cjt214-2007" : "gbt47678.5-2026"),
            Evidence = evidence,
            Questions = questions,
        };
    }

    void AskForKey(LayerMapping mapping, List<DeliveryQuestion> questions)
    {
        if (mapping.Of(layer.Key) is { Column: null, Constant: null } key)
            questions.Add(new(QuestionKind.Key, mapping.Source.File,
                new($"没有找到“{key.Field.Title.Zh}”字段。", $"No column holds '{key.Field.Title.En}'."),
                new($"请用 --map 字段={layer.Key} 指定，现有字段：{Names(mapping)}。", $"Name it with --map COLUMN={layer.Key}; its columns are {Names(mapping)}."))
            {
                Choices = [.. mapping.Source.Columns.Select(column => new QuestionChoice(column.Name, new(column.Name, column.Name)))],
            });
    }

    static string Names(LayerMapping mapping) => string.Join(", ", mapping.Source.Columns.Take(40).Select(column => column.Name));

    // Two layouts have 16 digits; the one whose classes are in its table is meant.
    CodeLayout LayoutOf(List<string> keys, List<LocalText> evidence)
    {
        if (settings.CodeLayout is { } said)
            return said;
        if (settings.CodeRule == CodeRule.Local || layer.Find(layer.Key)?.Checks.Contains("identification-code") != true || keys.Count == 0)
            return CodeLayout.Gbt47678;
        var codes = keys.Count(key => key.Length is 16 or 17 && key.All(char.IsAsciiDigit));
        if (codes * 2 < keys.Count)
        {
            evidence.Add(new(
                $"{keys.Count} 个主键中只有 {codes} 个像标识码（16 或 17 位数字）；自编号请用 --code-rule local。",
                $"Of {keys.Count} keys only {codes} look like identification codes (16 or 17 digits); for the house's own numbers say --code-rule local."));
            return CodeLayout.Gbt47678;
        }
        var isLong = keys.Count(key => key.Length == 17) * 2 >= codes;
        var layout = isLong ? CodeLayout.Gbt47678 : Fits(keys, CodeLayout.Cjt214, "cjt214-2007") >= Fits(keys, CodeLayout.Draft, "gbt47678.5-2026") ? CodeLayout.Cjt214 : CodeLayout.Draft;
        var fit = Fits(keys, layout, layout == CodeLayout.Cjt214 ? "cjt214-2007" : "gbt47678.5-2026");
        var length = IdentificationCode.Length(layout);
        evidence.Add(new(
            $"{keys.Count} 个标识码多为 {(isLong ? 17 : 16)} 位，其中 {fit} 个的小类在相应分类表中：按 {Name(layout)} 读取（{length} 位）。",
            $"Of {keys.Count} codes most have {(isLong ? 17 : 16)} digits, and {fit} have a class of that table: read as {Name(layout)} ({length} digits)."));
        return layout;
    }

    int Fits(List<string> keys, CodeLayout layout, string table)
        => layer.Class is { } classes && Catalogue is { } lists
            ? keys.Count(key => IdentificationCode.TryParse(key, layout, out _) is { } code && classes.Find(lists, table, code.Class) is not null)
            : 0;

    /// <summary>Code lists, to tell two layouts of one length apart.</summary>
    public CodeLists? Catalogue { get; init; }

    static string Name(CodeLayout layout) => layout switch { CodeLayout.Gbt47678 => "GB/T 47678.5-2026", CodeLayout.Cjt214 => "CJ/T 214-2007", _ => "draft" };

    CrsFinding? ReferenceSystem(SourceLayer source, FeatureChunk? sample, List<DeliveryQuestion> questions)
    {
        if (source.Geometry is null)
        {
            questions.Add(new(QuestionKind.Geometry, source.File,
                new("既没有图形，也没有可识别的坐标列（经度/纬度、X/Y）。", "It has neither geometry nor columns that are known as coordinates (longitude and latitude, X and Y)."), new("", "")));
            return null;
        }
        var (x, y) = Positions(sample);
        var finding = CrsDetector.Detect(settings.Crs ?? source.DeclaredCrs, x, y, area);
        if (settings.Crs is not null && CrsCatalog.Parse(settings.Crs) is { Crs: { } said })
            finding = finding with { Crs = said, Certainty = CrsCertainty.Declared, Question = null, SwapAxes = finding.Crs == said && finding.SwapAxes };
        if (x.Length == 0)
            return finding;
        if (finding.Crs is { } crs && CoordinateTransform.Refusal(crs, Shift()) is { } refusal)
            questions.Add(new(QuestionKind.DatumShift, source.File, refusal, new("（--shift）", "(--shift)")));
        else if (finding.Question is { } question && (finding.Certainty == CrsCertainty.Unsure || finding.Crs is null))
            questions.Add(new(QuestionKind.Crs, source.File, question, new($"（{Choices(finding)}）", $"({Choices(finding)})")) { Choices = ChoicesOf(finding) });
        else if (finding.Crs is null)
            questions.Add(new(QuestionKind.Crs, source.File, new("无法判断坐标系。", "Its reference system cannot be told."), new("请用 --crs 指定。", "Name it with --crs.")) { Choices = ChoicesOf(finding) });
        return finding;
    }

    // Without a candidate the numbers are degrees of nowhere known, which WGS 84 mostly explains.
    static List<QuestionChoice> ChoicesOf(CrsFinding finding)
        => finding.Candidates.Where(one => one.Epsg is not null).Take(6).Select(one => new QuestionChoice($"EPSG:{one.Epsg}", new(one.ToString(), one.ToString())))
            .DefaultIfEmpty(new("EPSG:4326", new("EPSG:4326 WGS 84", "EPSG:4326 WGS 84"))).ToList();

    static string Choices(CrsFinding finding) => string.Join("; ", ChoicesOf(finding).Select(one => "--crs " + one.Text.En));

    /// <summary>The city's parameters as set, or null.</summary>
    public DatumShift? Shift() => settings.DatumShift is { } text ? DatumShiftText.Parse(text) : null;

    static (double[] X, double[] Y) Positions(FeatureChunk? sample)
    {
        if (sample?.Geometry is not { } geometry)
            return ([], []);
        var rows = Enumerable.Range(0, Math.Min(sample.Count, SampleRows)).Where(row => !geometry.IsEmpty[row]).ToArray();
        return ([.. rows.Select(row => geometry.X[row])], [.. rows.Select(row => geometry.Y[row])]);
    }

    List<string> Keys(LayerMapping mapping, FeatureChunk? sample)
        => sample is not null && mapping.Of(layer.Key)?.Column is { } column
            ? [.. Enumerable.Range(0, Math.Min(sample.Count, SampleRows)).Select(row => Cells.Text(sample.Columns[column], row)).OfType<string>()]
            : [];

    async Task<OffsetFinding?> Offset(LayerMapping mapping, FeatureChunk? sample, CrsDefinition crs, bool swap, List<DeliveryQuestion> questions, CancellationToken cancel)
    {
        if (sample?.Geometry is null || layer.Geometry is not (GeometryKind.Point or GeometryKind.Any) || mapping.Of(layer.Key)?.Column is not { } column)
            return null;
        var stored = new Placement(CoordinateTransform.To4490(crs, Shift()), swap, MapOffset.None).Apply(sample.Geometry, sample.Count);
        var delivered = new Dictionary<string, (double, double)>();
        for (var row = 0; row < Math.Min(sample.Count, SampleRows); row++)
            if (!stored.IsEmpty[row] && stored.Wkb[row] is null && Cells.Text(sample.Columns[column], row) is { } key)
                delivered[key] = (stored.X[row], stored.Y[row]);
        var existing = await new KnownPlaces(source).Find(layer, delivered.Keys, cancel);
        var finding = OffsetDetector.Detect([.. existing.Select(one => (delivered[one.Key], one.Value))]);
        if (finding.Offset != MapOffset.None && settings.WebMapOffset is null)
            questions.Add(new(QuestionKind.WebMapOffset, mapping.Source.File,
                new($"与库中 {finding.Pairs} 个同码部件相差 {finding.RawMeters:0} 米，去掉 {finding.Offset} 偏移后相差 {finding.CorrectedMeters:0.0} 米。",
                    $"{finding.Pairs} features of the same code lie {finding.RawMeters:0} m away, and {finding.CorrectedMeters:0.0} m once the {finding.Offset} shift is taken out."),
                new($"请用 --offset {finding.Offset.ToString().ToLowerInvariant()} 纠正，或用 --offset none 按原样导入。",
                    $"Correct it with --offset {finding.Offset.ToString().ToLowerInvariant()}, or import it as it is with --offset none."))
            {
                Choices =
                [
                    new(finding.Offset.ToString().ToLowerInvariant(), new($"去掉 {finding.Offset} 偏移", $"Take the {finding.Offset} shift out")),
                    new("none", new("按原样导入", "Import them as they are")),
                ],
            });
        return finding;
    }
}
