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
    readonly Option<string> _layer = new("--layer") { HelpName = "layer", Description = Texts.Both("导入到哪个图层", "the layer it is for"), DefaultValueFactory = _ => "components" };
    readonly Option<string?> _crs = new("--crs") { HelpName = "EPSG:n", Description = Texts.Both("坐标系，如 EPSG:4548；优先于文件中的声明", "reference system, such as EPSG:4548; overrules what the files say") };
    readonly Option<string?> _shift = new("--shift")
    {
        HelpName = "parameters",
        Description = Texts.Both(
            "地方坐标系或旧坐标系转 CGCS2000 的参数。四参数：plane:dx,dy,秒,ppm@EPSG:4548；七参数：space:dx,dy,dz,rx,ry,rz,ppm",
            "parameters from a local or an older system to CGCS2000; four: plane:dx,dy,seconds,ppm@EPSG:4548, seven: space:dx,dy,dz,rx,ry,rz,ppm"),
    };
    readonly Choice<Crs.MapOffset> _offset = new(
        "--offset", Texts.Both("坐标带有哪种互联网地图偏移，导入时予以纠正；none 为按原样导入", "the web map's shift that the coordinates carry, to be taken out; none = import them as they are"),
        Crs.MapOffset.Gcj02, Crs.MapOffset.Bd09, Crs.MapOffset.None);
    readonly Option<string?> _encoding = new("--encoding") { HelpName = "name", Description = Texts.Both("文字编码，如 GBK、UTF-8；优先于自动判断", "encoding of the texts, such as GBK or UTF-8; overrules what is found out") };
    readonly Option<string?> _classTable = new("--class-table")
    {
        HelpName = "edition",
        Description = Texts.Both("分类标准：cjt214-2007、gbt30428.2-2013、gbt47678.5-2026 或地方扩展", "edition of the classes: cjt214-2007, gbt30428.2-2013, gbt47678.5-2026 or a local one"),
    };
    readonly Choice<CodeLayout> _codeLayout = new(
        "--code-layout", Texts.Both("标识码结构：16 位旧标准、16 位征求意见稿或 17 位新标准", "layout of the identification codes: 16 digits old, 16 digits draft, 17 digits new"),
        CodeLayout.Cjt214, CodeLayout.Draft, CodeLayout.Gbt47678);
    readonly Choice<CodeRule> _codeRule = new(
        "--code-rule", Texts.Both("standard 为国家标准的标识码（默认）；local 为单位自编号，只查有无和重复", "standard = identification codes (default); local = the house's own numbers, which must only be there and be different"),
        CodeRule.Standard, CodeRule.Local);
    readonly Option<string[]> _map = new("--map")
    {
        HelpName = "column=field", Description = Texts.Both("字段对应：交付字段=图层字段；可写多次", "the layer's field that a delivered column holds; may be repeated"), AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string[]> _set = new("--set")
    {
        HelpName = "field=value", Description = Texts.Both("交付数据没有此字段时，各行统一取值；可写多次", "value for rows that have none of their own; may be repeated"), AllowMultipleArgumentsPerToken = true,
    };
    readonly Option<string?> _mapping = new("--mapping") { HelpName = "file|name", Description = Texts.Both("字段对应方案：JSON 文件，或已保存方案的名称", "mapping profile: a JSON file, or the name of a saved one") };
    readonly Option<string?> _saveMapping = new("--save-mapping") { HelpName = "name", Description = Texts.Both("以此名称保存本次的字段对应方案", "save the mapping of this run as a profile of this name") };
    readonly Choice<CensusScope> _scope = new(
        "--scope",
        Texts.Both(
            "库中有、交付中没有的要素如何处理。census：在所交付的区和小类内视为已移除（默认）；whole-layer：在整个图层内视为已移除；update：不动；add：不动，库中已有的编码只提出警告",
            "what becomes of features that the delivery does not hold. census: within its districts and classes they count as removed (default); whole-layer: everywhere; update: they stay; add: they stay, and a code that is there already is warned of and left as it is"),
        CensusScope.Census, CensusScope.WholeLayer, CensusScope.Update, CensusScope.Add);
    readonly Option<double> _mostRefused = new("--most-refused")
    {
        HelpName = "share", Description = Texts.Both("被拒行的比例超过此值时，批次暂存待确认", "share of refused rows above which the batch waits for a person"), DefaultValueFactory = _ => 0.2,
    };
    readonly Option<double> _mostRemoved = new("--most-removed")
    {
        HelpName = "share", Description = Texts.Both("移除要素的比例超过此值时，批次暂存待确认", "share of removed features above which the batch waits for a person"), DefaultValueFactory = _ => 0.2,
    };
    readonly Option<long?> _mends = new("--mends") { HelpName = "batch", Description = Texts.Both("本次交付是哪个批次被拒行的更正", "the batch whose refused rows this delivery mends") };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _layer, _crs, _shift, _offset.Option, _encoding, _classTable, _codeLayout.Option, _codeRule.Option, _map, _set, _mapping, _saveMapping, _scope.Option, _mostRefused, _mostRemoved, _mends })
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
            WebMapOffset = _offset.Of(parsed)?.ToString().ToLowerInvariant(),
            Encoding = parsed.GetValue(_encoding),
            ClassTable = parsed.GetValue(_classTable),
            CodeLayout = _codeLayout.Of(parsed),
            CodeRule = _codeRule.Of(parsed) ?? CodeRule.Standard,
            Mapping = await Mapping(parsed, workspace, cancel),
            Scope = mends is null ? _scope.Of(parsed) ?? CensusScope.Census : CensusScope.Update,
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
            throw new CommandException(new(
                $"--shift“{settings.DatumShift}”写法不对，应为 plane:dx,dy,秒,ppm@EPSG:4548 或 space:dx,dy,dz,rx,ry,rz,ppm。", $"--shift: {fault.Message}"));
        }
        if (settings.Crs is { } crs && Crs.CrsCatalog.Parse(crs) is { Crs: null, Reason: { } reason })
            throw new CommandException(new($"--crs：{reason.Zh}", $"--crs: {reason.En}"));
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
