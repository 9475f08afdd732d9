using System.Text.RegularExpressions;

namespace CityOps.Gis.Layers;

/// <summary>What a layer definition must obey beyond its JSON types.</summary>
static partial class LayerRules
{
    static readonly HashSet<string> Reserved =
        ["fid", "geom", "grid_code", "community_code", "subdistrict_code", "district_code", "department_code", "valid_from", "valid_to", "batch_id", "closed_by_batch", "change"];

    static readonly Dictionary<string, FieldType> FixedTypes = new()
    {
        ["class_code"] = FieldType.Text,
        ["status"] = FieldType.Text,
        ["occurred_at"] = FieldType.DateTime,
    };

    /// <summary>Names of checks that exist in C#; a definition may name these and no other.</summary>
    public static readonly IReadOnlySet<string> KnownChecks = new HashSet<string>
    {
        "identification-code", "class-code", "department-code", "grid-code", "past-date", "not-before-first-date", "point-x", "point-y",
    };

    /// <summary>What <see cref="LayerField.ExportFrom"/> may name.</summary>
    public static readonly IReadOnlySet<string> ExportSources = new HashSet<string> { "grid_code", "community_code", "subdistrict_code", "district_code", "department_code", "x", "y" };

    public static IEnumerable<LayerFault> Check(string file, LayerDefinition layer, CodeLists lists)
    {
        LayerFault Fault(string path, string zh, string en) => new(file, path, new(zh, en));

        if (!SnakeCase().IsMatch(layer.Id))
            yield return Fault("$.id", $"“{layer.Id}”须为小写字母、数字和下划线，且不超过 40 个字符。", $"'{layer.Id}' must be lower-case letters, digits and underscores, at most 40 of them.");
        foreach (var (path, name) in new[] { ("$.key", layer.Key), ("$.name", layer.Name), ("$.departmentField", layer.DepartmentField), ("$.style.label", layer.Style.Label) })
            if (name is not null && layer.Find(name) is null)
                yield return Fault(path, $"没有名为“{name}”的字段。", $"There is no field named '{name}'.");
        foreach (var (member, name) in layer.Style.Sector is { } sector ? new[] { ("direction", sector.Direction), ("angle", sector.Angle), ("range", sector.Range) } : [])
            if (layer.Find(name) is not { InTile: true, Type: FieldType.Real or FieldType.Integer })
                yield return Fault($"$.style.sector.{member}", $"“{name}”须为写入瓦片的数值字段。", $"'{name}' must be a field of numbers that is sent to tiles.");
        if (layer.Find(layer.Key) is { } key && (key.Type != FieldType.Text || !key.Stored))
            yield return Fault("$.key", $"主键字段“{layer.Key}”须为入库的文本字段。", $"The key field '{layer.Key}' must be a text that is stored.");
        if (layer.Class is { } byClass && lists.Find(byClass.CodeList) is null)
            yield return Fault("$.class.codeList", $"没有代码表“{byClass.CodeList}”。", $"There is no code list '{byClass.CodeList}'.");
        foreach (var (path, color) in Colors(layer.Style))
            if (!HexColor().IsMatch(color))
                yield return Fault(path, $"颜色“{color}”须写作 #rrggbb。", $"Colour '{color}' must be written #rrggbb.");
        if (layer.Zooms.Min < 0 || layer.Zooms.Max > Tiling.TileCoord.MaxZoom || layer.Zooms.Min > layer.Zooms.Max)
            yield return Fault("$.zooms", $"级别 {layer.Zooms.Min}–{layer.Zooms.Max} 不在 0–{Tiling.TileCoord.MaxZoom} 之内。", $"Zooms {layer.Zooms.Min}–{layer.Zooms.Max} are not within 0–{Tiling.TileCoord.MaxZoom}.");
        foreach (var (at, figure) in layer.Figures.Index())
            foreach (var (member, message) in FigureFaults(figure, layer, at))
                yield return new(file, $"$.figures[{at}].{member}", message);
        for (var i = 0; i < layer.Fields.Count; i++)
            foreach (var (member, message) in FieldFaults(layer.Fields[i], layer, i, lists))
                yield return new(file, $"$.fields[{i}].{member}", message);
    }

    static bool IsForAll(LayerField field, LayerDefinition layer)
        => field.InTile || field.Searchable || FixedTypes.ContainsKey(field.Name) || new[] { layer.Key, layer.Name, layer.DepartmentField, layer.Style.Label }.Contains(field.Name);

    static IEnumerable<(string Member, LocalText Message)> FieldFaults(LayerField field, LayerDefinition layer, int index, CodeLists lists)
    {
        var earlier = layer.Fields.Take(index).ToList();
        if (!SnakeCase().IsMatch(field.Name))
            yield return ("name", new($"“{field.Name}”须为小写字母、数字和下划线。", $"'{field.Name}' must be lower-case letters, digits and underscores."));
        if (Reserved.Contains(field.Name))
            yield return ("name", new($"“{field.Name}”由系统使用，请换名。", $"'{field.Name}' is a column of the system; choose another name."));
        if (earlier.Any(one => one.Name == field.Name))
            yield return ("name", new($"字段“{field.Name}”出现两次。", $"Field '{field.Name}' occurs twice."));
        if (FixedTypes.TryGetValue(field.Name, out var type) && field.Type != type)
            yield return ("type", new($"字段“{field.Name}”的类型须为 {Written(type)}。", $"Field '{field.Name}' must be of type {Written(type)}."));
        if (field.Width is not null && field.Type != FieldType.Text)
            yield return ("width", new("只有文本字段可以有宽度。", "Only a text field has a width."));
        if (field.Width is < 1)
            yield return ("width", new($"宽度 {field.Width} 小于 1。", $"Width {field.Width} is below 1."));
        if (field.SeenWith is not null && IsForAll(field, layer))
            yield return ("seenWith", new(
                $"字段“{field.Name}”为主键、名称、标注，或用于瓦片、搜索，人人可见，不能限制。", $"Field '{field.Name}' is key, name or label, or in tiles or the search, which everybody sees; it cannot be restricted."));
        if (field.CodeList is { } list && lists.Find(list) is null)
            yield return ("codeList", new($"没有代码表“{list}”。", $"There is no code list '{list}'."));
        foreach (var check in field.Checks.Where(check => !KnownChecks.Contains(check)))
            yield return ("checks", new($"没有检查“{check}”，可用的有：{string.Join("、", KnownChecks)}。", $"There is no check '{check}'; there are {string.Join(", ", KnownChecks)}."));
        foreach (var alias in field.Aliases)
            if (earlier.FirstOrDefault(one => one.Aliases.Contains(alias, StringComparer.OrdinalIgnoreCase)) is { } other)
                yield return ("aliases", new($"别名“{alias}”已用于字段“{other.Name}”。", $"Alias '{alias}' is already used by field '{other.Name}'."));
        foreach (var fault in ExportFaults(field))
            yield return fault;
    }

    static IEnumerable<(string Member, LocalText Message)> FigureFaults(LayerFigure figure, LayerDefinition layer, int index)
    {
        if (!SnakeCase().IsMatch(figure.Id))
            yield return ("id", new($"“{figure.Id}”须为小写字母、数字和下划线。", $"'{figure.Id}' must be lower-case letters, digits and underscores."));
        if (layer.Figures.Take(index).Any(one => one.Id == figure.Id))
            yield return ("id", new($"指标“{figure.Id}”出现两次。", $"Figure '{figure.Id}' occurs twice."));
        if (figure.At(layer, DateTimeOffset.UnixEpoch).Fault is { } fault)
            yield return ("filter", fault.Sentence);
    }

    // An export under a name that no alias knows could not be imported again.
    static IEnumerable<(string Member, LocalText Message)> ExportFaults(LayerField field)
    {
        foreach (var (edition, name) in field.Names)
            if (!field.Aliases.Contains(name))
                yield return ($"names['{edition}']", new($"“{name}”不在别名之中。", $"'{name}' is not among the aliases."));
        if (field.ExportFrom is { } source && !ExportSources.Contains(source))
            yield return ("exportFrom", new($"没有“{source}”，可用的有：{string.Join("、", ExportSources)}。", $"There is no '{source}'; there are {string.Join(", ", ExportSources)}."));
        if (field is { ExportFrom: not null, Stored: true })
            yield return ("exportFrom", new("入库的字段导出其自身的值。", "A field that is stored is exported as it is."));
    }

    static string Written(FieldType type) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(type.ToString());

    static IEnumerable<(string Path, string Color)> Colors(LayerStyle style)
        => [("$.style.color", style.Color),
            .. style.ColorByMajor.Select(one => ($"$.style.colorByMajor['{one.Key}']", one.Value)),
            .. style.ColorByStatus.Select(one => ($"$.style.colorByStatus['{one.Key}']", one.Value))];

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex SnakeCase();

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex HexColor();
}
