using System.CommandLine;
using System.Text.Json;
using CityOps.Gis.Codes;

using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.SurveyImport.Mapping;

namespace CityOps.Gis.Web.Commands;

/// <summary>The options by which a person says what a delivery is; shared by <c>inspect</c>, <c>check</c> and <c>import</c>.</summary>
sealed class DeliveryOptions
{
    readonly Option<string> _layer = new("--layer") { Description = Texts.Both("图层，默认 components", "layer; default components"), DefaultValueFactory = _ => "components" };
    readonly Option<string?> _crs = new("--crs") { Description = Texts.Both("坐标系，如 EPSG:4548，优先于文件的说明", "reference system such as EPSG:4548, overruling the files") };
    readonly Option<string?> _shift = new("--shift") { Description = Texts.Both("到 CGCS2000 的参数：plane:dx,dy,秒,ppm@EPSG:4548 或 space:dx,dy,dz,rx,ry,rz,ppm", "parameters to CGCS2000: plane:dx,dy,seconds,ppm@EPSG:4548 or space:dx,dy,dz,rx,ry,rz,ppm") };
    readonly Option<string?> _offset = new("--offset") { Description = Texts.Both("去掉互联网地图偏移：gcj02、bd09 或 none", "take out a web map's shift: gcj02, bd09 or none") };
    readonly Option<string?> _encoding = new("--encoding") { Description = Texts.Both("文字编码，如 GBK", "encoding of texts, such as GBK") };
    readonly Option<string?> _classTable = new("--class-table") { Description = Texts.Both("分类标准：cjt214-2007、gbt47678.5-2026 等", "edition of the class table: cjt214-2007, gbt47678.5-2026, …") };
    readonly Option<CodeLayout?> _codeLayout = new("--code-layout") { Description = Texts.Both("标识码结构", "layout of the identification codes") };
    readonly Option<CodeRule> _codeRule = new("--code-rule") { Description = Texts.Both("standard 国标标识码（默认）；local 自编号", "standard codes (default) or the house's own numbers: local") };
    readonly Option<string[]> _map = new("--map") { Description = Texts.Both("字段对应：交付字段=图层字段，可多次", "COLUMN=field of the layer; may be repeated"), AllowMultipleArgumentsPerToken = true };
    readonly Option<string[]> _set = new("--set") { Description = Texts.Both("固定值：图层字段=值，可多次", "field=value for every row; may be repeated"), AllowMultipleArgumentsPerToken = true };
    readonly Option<string?> _mapping = new("--mapping") { Description = Texts.Both("字段对应文件（JSON），或已保存的名称", "mapping profile: a JSON file, or the name of a saved one") };
    readonly Option<string?> _saveMapping = new("--save-mapping") { Description = Texts.Both("以此名称保存字段对应", "save the mapping under this name") };
    readonly Option<CensusScope> _scope = new("--scope")
    {
        Description = Texts.Both(
            "未交付的要素：census 在其区、其类别内视为移除（默认）；whole-layer 全图层；update 不动；add 只新增",
            "features that are not delivered: census = removed within its districts and classes (default), wholelayer, update = left alone, add = new ones only"),
        DefaultValueFactory = _ => CensusScope.Census,
    };
    readonly Option<double> _mostRefused = new("--most-refused") { Description = Texts.Both("被拒比例上限，默认 0.2", "share of refused rows above which the batch waits; default 0.2"), DefaultValueFactory = _ => 0.2 };
    readonly Option<double> _mostRemoved = new("--most-removed") { Description = Texts.Both("移除比例上限，默认 0.2", "share of removed features above which the batch waits; default 0.2"), DefaultValueFactory = _ => 0.2 };
    readonly Option<long?> _mends = new("--mends") { Description = Texts.Both("补正哪个批次的被拒行", "batch whose refused rows this delivery mends") };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _layer, _crs, _shift, _offset, _encoding, _classTable, _codeLayout, _codeRule, _map, _set, _mapping, _saveMapping, _scope, _mostRefused, _mostRemoved, _mends })
            command.Options.Add(option);
    }

    /// <exception cref="CommandException">An option cannot be understood.</exception>
    public async Task<DeliverySettings> Read(ParseResult parsed, Workspace workspace, CancellationToken cancel)
    {
        var layer = parsed.GetValue(_layer)!;
        if (workspace.Catalog.Find(layer) is null)
            throw new CommandException(new(
                $"没有图层“{layer}”，现有：{string.Join("、", workspace.Catalog.Layers.Select(one => one.Id))}。", $"There is no layer '{layer}'; there are {string.Join(", ", workspace.Catalog.Layers.Select(one => one.Id))}."));
        var mends = parsed.GetValue(_mends);
        var settings = new DeliverySettings
        {
            LayerId = layer,
            Crs = parsed.GetValue(_crs),
            DatumShift = parsed.GetValue(_shift),
            WebMapOffset = parsed.GetValue(_offset),
            Encoding = parsed.GetValue(_encoding),
            ClassTable = parsed.GetValue(_classTable),
            CodeLayout = parsed.GetValue(_codeLayout),
            CodeRule = parsed.GetValue(_codeRule),
            Mapping = await Mapping(parsed, workspace, cancel),
            Scope = mends is null ? parsed.GetValue(_scope) : CensusScope.Update,
            MostRefused = parsed.GetValue(_mostRefused),
            MostRemoved = parsed.GetValue(_mostRemoved),
            Mends = mends,
        };
        Understand(settings);
        return settings;
    }

    static void Understand(DeliverySettings settings)
    {
        try
        {
            if (settings.DatumShift is { } shift)
                DatumShiftText.Parse(shift);
        }
        catch (FormatException fault)
        {
            throw new CommandException(new($"--shift 写法不对：{fault.Message}", fault.Message));
        }
        if (settings.WebMapOffset is { } offset && !Enum.TryParse<Crs.MapOffset>(offset, ignoreCase: true, out _))
            throw new CommandException(new($"--offset“{offset}”不认识，应为 gcj02、bd09 或 none。", $"--offset '{offset}' is not known; write gcj02, bd09 or none."));
    }

    async Task<MappingProfile> Mapping(ParseResult parsed, Workspace workspace, CancellationToken cancel)
    {
        var profiles = new MappingProfileStore(workspace.Source);
        var profile = parsed.GetValue(_mapping) is { } named ? await Load(named, profiles, cancel) : new();
        profile = profile with
        {
            Fields = Pairs(parsed.GetValue(_map), profile.Fields, "--map"),
            Constants = Pairs(parsed.GetValue(_set), profile.Constants, "--set"),
        };
        if (parsed.GetValue(_saveMapping) is { } name)
            await profiles.Save(name, JsonSerializer.Serialize(profile with { Name = name }, Importer.SettingsFormat), cancel);
        return profile;
    }

    static async Task<MappingProfile> Load(string named, MappingProfileStore profiles, CancellationToken cancel)
    {
        var json = File.Exists(named) ? await File.ReadAllTextAsync(named, cancel) : await profiles.Find(named, cancel);
        try
        {
            return json is null
                ? throw new CommandException(new($"没有字段对应文件或名称“{named}”。", $"There is no mapping file or saved mapping '{named}'."))
                : JsonSerializer.Deserialize<MappingProfile>(json, Importer.SettingsFormat)!;
        }
        catch (JsonException fault)
        {
            throw new CommandException(new($"字段对应“{named}”无法读取：{fault.Message}", $"The mapping '{named}' cannot be read: {fault.Message}"));
        }
    }

    static Dictionary<string, string> Pairs(string[]? given, IReadOnlyDictionary<string, string> before, string option)
    {
        var pairs = new Dictionary<string, string>(before);
        foreach (var text in given ?? [])
            if (text.Split('=', 2) is [var name, var value] && name.Length > 0)
                pairs[name] = value;
            else
                throw new CommandException(new($"{option}“{text}”应写成 名称=值。", $"{option} '{text}' should read name=value."));
        return pairs;
    }
}
