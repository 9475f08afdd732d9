using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// Reads requests for items: paging and reference systems, the standard's parameters, the product's own and queryables by name. Whatever the product's question has
/// no part for (a box in a plane, a queryable, a filter in another reference system) becomes part of its CQL2 filter, so that there is one question.
/// </summary>
static class ItemsRequests
{
    /// <summary>Parameters that say how the answer looks, not what it holds.</summary>
    public static IReadOnlyList<string> FormNames { get; } = [OgcFormats.Parameter, UiLanguage.QueryKey];

    /// <summary>Parameters of paging.</summary>
    public static IReadOnlyList<string> PageNames { get; } = ["limit", "after", "before", "offset"];

    static readonly string[] OwnNames = ["crs", "bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs"];

    public static (ItemsRequest? Request, OgcRefusal? Refusal) Read(LayerDefinition layer, IQueryCollection parameters)
    {
        var faults = new List<LocalText>();
        var (limit, start) = ReadPage(parameters, faults);
        var crs = ReadCrs(parameters, "crs", faults);
        var query = ReadQuestion(layer, parameters, faults);
        return faults.Count > 0 ? (null, OgcRefusal.BadQuestion(faults)) : (new(layer, query, limit, start, crs), null);
    }

    /// <summary>The question alone, of a request that is no page of items.</summary>
    public static FeatureQuery ReadQuestion(LayerDefinition layer, IQueryCollection parameters, List<LocalText> faults)
    {
        var asked = new List<KeyValuePair<string, string>>();
        var conditions = new List<string>();
        foreach (var (name, values) in parameters)
            if (FeatureQueryText.Names.Contains(name) && !OwnNames.Contains(name))
                asked.AddRange(values.Select(value => KeyValuePair.Create(name, value ?? "")));
            else if (!OwnNames.Contains(name) && !PageNames.Contains(name) && !FormNames.Contains(name))
                conditions.AddRange(QueryableParameters.Read(layer, name, values, faults));
        asked.AddRange(TimeParameter.Read(layer, parameters["datetime"].ToString(), faults));
        BoxParameter.Read(parameters["bbox"].ToString(), ReadCrs(parameters, "bbox-crs", faults), asked, conditions, faults);
        if (FilterParameter.Read(layer, parameters, ReadCrs(parameters, "filter-crs", faults), faults) is { } filter)
            conditions.Add(filter.ToText());
        if (faults.Count > 0)
            return new(layer.Id);
        var (query, misread) = FeatureQueryText.Parse(layer, asked);
        faults.AddRange(misread);
        return conditions.Count == 0 ? query : query with { Filter = Together(layer, conditions, faults) };
    }

    static CqlFilter? Together(LayerDefinition layer, IReadOnlyList<string> conditions, List<LocalText> faults)
    {
        var (filter, fault) = CqlFilter.ParseText(conditions.Count == 1 ? conditions[0] : string.Join(" AND ", conditions.Select(condition => $"({condition})")), layer);
        if (fault is not null)
            faults.Add(fault.Sentence);
        return filter;
    }

    static (int Limit, PageStart Start) ReadPage(IQueryCollection parameters, List<LocalText> faults)
    {
        var limit = ReadNumber(parameters, "limit", least: 1, faults) ?? ItemsRequest.DefaultLimit;
        var (after, before, offset) = (ReadNumber(parameters, "after", 0, faults), ReadNumber(parameters, "before", 0, faults), ReadNumber(parameters, "offset", 0, faults));
        if (new[] { after, before, offset }.Count(one => one is not null) > 1)
            faults.Add(new("after、before、offset 只能用其一。", "Use only one of after, before and offset."));
        // A larger limit is no mistake (OGC 17-069r4, 7.15.2): the answer holds as many as it may, and says how to go on.
        return ((int)Math.Min(limit, ItemsRequest.MostLimit),
            after is { } from ? PageStart.AfterFeature(from) : before is { } to ? PageStart.BeforeFeature(to) : PageStart.At(offset ?? 0));
    }

    static long? ReadNumber(IQueryCollection parameters, string name, long least, List<LocalText> faults)
    {
        if (parameters[name].ToString() is not { Length: > 0 } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
            return number;
        faults.Add(new($"{name}=“{text}”应为不小于 {least} 的整数。", $"'{name}={text}' is no whole number from {least} on."));
        return null;
    }

    static OgcCrs ReadCrs(IQueryCollection parameters, string name, List<LocalText> faults)
    {
        if (parameters[name].ToString() is not { Length: > 0 } text)
            return OgcCrs.Crs84;
        if (OgcCrs.Find(text) is { } crs)
            return crs;
        faults.Add(new($"{name}=“{text}”不是可用的坐标系，可用的有：{string.Join("、", OgcCrs.All.Select(one => one.Uri))}。",
            $"'{name}={text}' is no reference system of this API; there are {string.Join(", ", OgcCrs.All.Select(one => one.Uri))}."));
        return OgcCrs.Crs84;
    }
}
