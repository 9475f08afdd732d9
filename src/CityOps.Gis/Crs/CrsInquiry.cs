using System.Globalization;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Crs;

/// <summary>
/// One run of the detector. Guesses are tried in tiers, nearest to what the file declares first: as declared, axes swapped, zone prefix
/// there or not, any other zone,
/// degrees, Web Mercator, the city's local system. The first tier in which a guess fits decides; more than one in it makes a question.
/// </summary>
sealed class CrsInquiry(string? declared, CoordinateSample sample, SurveyArea? area)
{
    readonly List<LocalText> _evidence = [];
    readonly SurveyArea _box = area?.Widened() ?? SurveyArea.China;

    public CrsFinding Decide()
    {
        var crs = ReadDeclaration();
        _evidence.AddRange(sample.Oddities());
        if (sample.IsEmpty)
            return new(crs, crs is null ? CrsCertainty.Unsure : CrsCertainty.Declared, _evidence, false, null, crs is null ? [] : [crs]);
        if (sample.IsImpossible)
            return Refuse(null, false, new("坐标值过大，任何坐标系中都不可能出现；请检查坐标单位和数据是否损坏。",
                "The coordinates are too great for any reference system; check their unit and whether the file is damaged."));
        if (crs is not null && ProjNetSystem.Fault(crs) is { } fault)
            return Refuse(crs, false, fault);
        return crs is null ? DecideFromNumbers() : DecideWith(crs);
    }

    CrsDefinition? ReadDeclaration()
    {
        if (string.IsNullOrWhiteSpace(declared))
        {
            Say("文件没有坐标系说明（缺少 .prj）。", "The file does not say its reference system (no .prj).");
            return null;
        }
        var parse = CrsCatalog.Parse(declared);
        Say(parse.Reason ?? new($"文件说明的坐标系为 {parse.Crs}。", $"The file says its reference system is {parse.Crs}."));
        _evidence.AddRange(parse.Notes);
        return parse.Crs;
    }

    CrsFinding DecideWith(CrsDefinition crs)
    {
        var asDeclared = new CrsGuess(crs, false).Try(sample, _box);
        if (asDeclared == Fit.Inside || (asDeclared == Fit.Elsewhere && area is null && !IsSwappedInChina(crs)))
            return Finish(new(crs, false), CrsCertainty.Declared);
        Say(asDeclared == Fit.No ? Contradiction(crs) : Outside(crs));
        List<CrsGuess> possible = [];
        foreach (var tier in Tiers(crs))
        {
            var inside = tier.Where(guess => guess.Try(sample, _box) == Fit.Inside).ToList();
            if (inside.Count > 0)
                return Choose(inside);
            possible.AddRange(tier.Where(guess => asDeclared == Fit.No && guess.Try(sample, _box) == Fit.Elsewhere));
        }
        return asDeclared == Fit.Elsewhere
            ? Ask([new(crs, false)], new($"按 {crs} 计算，数据不在本市范围内，是否仍按此坐标系导入？",
                $"Under {crs} the data lie outside the city; import them under it all the same?"))
            : Ask(possible, WhichSystem);
    }

    /// <summary>Latitudes above 73° that are Chinese longitudes.</summary>
    bool IsSwappedInChina(CrsDefinition crs) => crs.IsGeographic && new CrsGuess(crs, true).Try(sample, _box) == Fit.Inside;

    CrsFinding DecideFromNumbers()
    {
        var guesses = Both(Everything("cgcs2000", 4490)).ToList();
        var inside = guesses.Where(guess => guess.Try(sample, _box) == Fit.Inside).ToList();
        if (inside.Count > 0)
            return Choose(inside);
        if (area is not null)
            Say("按任何已知坐标系计算，数据都不在本市范围内。", "The data lie outside the city under every reference system known here.");
        return Ask(guesses.Where(guess => guess.Try(sample, _box) == Fit.Elsewhere).ToList(), WhichSystem);
    }

    static LocalText WhichSystem => new("数据采用哪个坐标系？请选择或提供其 WKT。", "Which reference system are the data in? Choose one or give its WKT.");

    /// <summary>Guesses in tiers, nearest to the declared system first.</summary>
    static IEnumerable<IReadOnlyList<CrsGuess>> Tiers(CrsDefinition crs)
    {
        yield return [new(crs, true)];
        var counterparts = CrsCatalog.All
            .Where(one => one.Zone is not null && (one.Datum, one.ZoneWidth, one.Zone) == (crs.Datum, crs.ZoneWidth, crs.Zone)
                && one.HasZonePrefix != crs.HasZonePrefix)
            .DistinctBy(one => one.FalseEasting);
        yield return [.. Both(counterparts)];
        var datum = crs.Datum is "xian80" or "beijing54" ? crs.Datum : crs.Datum == "xiamen92" ? "beijing54" : "cgcs2000";
        yield return [.. Both(Everything(datum, crs.Datum switch { "xian80" => 4610, "beijing54" or "xiamen92" => 4214, "wgs84" => 4326, _ => 4490 }))];
    }

    /// <summary>Zones of 3° without prefix stand for those of 6° too: the planes are the same.</summary>
    static IEnumerable<CrsDefinition> Everything(string datum, int geographic)
        => [CrsCatalog.Find(geographic)!,
            .. CrsCatalog.All.Where(one => one.Datum == datum && one.IsGaussKruger && (one.ZoneWidth == 3 || one.HasZonePrefix)),
            CrsCatalog.Find(3857)!, CrsCatalog.Xiamen92];

    static IEnumerable<CrsGuess> Both(IEnumerable<CrsDefinition> systems)
    {
        var all = systems.ToList();
        return all.Select(one => new CrsGuess(one, false)).Concat(all.Select(one => new CrsGuess(one, true)));
    }

    CrsFinding Choose(List<CrsGuess> inside)
    {
        // Without districts every plain zone lies in China: only a number that names its zone, or degrees, decides.
        if (inside.Count == 1)
            return Finish(inside[0], CrsCertainty.Detected);
        return Ask(inside, inside.All(one => one.Crs is { IsGaussKruger: true, HasZonePrefix: false })
            ? new("东坐标没有带号，中央经线是多少度？", "The eastings carry no zone number; what is the central meridian?")
            : WhichSystem);
    }

    CrsFinding Ask(List<CrsGuess> guesses, LocalText question)
    {
        if (guesses.Count == 0)
            Say("这些数字不符合任何已知坐标系。", "The numbers fit no reference system known here.");
        var candidates = guesses.Select(one => one.Crs).Distinct().ToList();
        return new(candidates.FirstOrDefault(), CrsCertainty.Unsure, _evidence, guesses.Count > 0 && guesses[0].SwapAxes, question, candidates);
    }

    CrsFinding Finish(CrsGuess guess, CrsCertainty certainty)
    {
        if (guess.SwapAxes)
            Say("X 是北坐标（或纬度），Y 是东坐标（或经度），两轴互换后才符合。", "X holds the northing (or latitude) and Y the easting (or longitude); they fit once swapped.");
        if (guess.Crs is { HasZonePrefix: true, Zone: { } zone })
            Say($"东坐标以带号 {zone} 开头，中央经线为 {Degrees(guess.Crs)}。", $"Eastings begin with zone number {zone}: central meridian {Degrees(guess.Crs)}.");
        if (certainty == CrsCertainty.Detected)
            SayDetected(guess.Crs);
        return CoordinateTransform.Refusal(guess.Crs, guess.Crs.Datum == "other" ? guess.Crs.ToWgs84 : null) is { } reason
            ? Refuse(guess.Crs, guess.SwapAxes, reason)
            : new(guess.Crs, certainty, _evidence, guess.SwapAxes, null, [guess.Crs]);
    }

    void SayDetected(CrsDefinition crs)
    {
        if (crs.IsGeographic)
            Say("数字是以度为单位的经纬度。", "The numbers are degrees of longitude and latitude.");
        else
            Say(area is null ? new($"数字符合 {crs}。", $"The numbers fit {crs}.") : new($"按 {crs} 计算，数据落在本市范围内。", $"Under {crs} the data lie in the city."));
        if (crs.Datum == "cgcs2000" && string.IsNullOrWhiteSpace(declared))
            Say("仅凭数字无法区分数据基准，按 CGCS2000 处理；如为西安80或北京54，位置会偏差数十至上百米。",
                "Numbers alone do not tell the datum; CGCS2000 is assumed. "
                + "Were it Xian 1980 or Beijing 1954, positions would be off by tens of metres to over a hundred.");
    }

    CrsFinding Refuse(CrsDefinition? crs, bool swapAxes, LocalText reason)
    {
        Say(reason);
        return new(crs, CrsCertainty.Refused, _evidence, swapAxes, null, crs is null ? [] : [crs]);
    }

    LocalText Contradiction(CrsDefinition crs) => (crs.IsGeographic, sample.LooksLikeDegrees) switch
    {
        (true, false) => new("说明的是经纬度坐标系，但数字超出度的范围，应为米或英尺。", "The file says degrees, but the numbers are too great for degrees: metres or feet."),
        (false, true) => new("说明的是投影坐标系，但数字是以度为单位的经纬度。", "The file says a plane system, but the numbers are degrees."),
        _ => new("数字在所说明的坐标系中不可能出现。", "The numbers are impossible in the system that the file says."),
    };

    LocalText Outside(CrsDefinition crs)
        => area is null
            ? new($"按 {crs} 计算，数据不在中国境内。", $"Under {crs} the data lie outside China.")
            : new($"按 {crs} 计算，数据不在本市范围内。", $"Under {crs} the data lie outside the city.");

    static string Degrees(CrsDefinition crs) => string.Create(CultureInfo.InvariantCulture, $"{crs.CentralMeridian}°E");

    void Say(LocalText text) => _evidence.Add(text);

    void Say(string zh, string en) => Say(new LocalText(zh, en));
}
