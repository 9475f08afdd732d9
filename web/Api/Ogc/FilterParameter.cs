using CityOps.Gis.Layers;
using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>The parameters <c>filter</c>, <c>filter-lang</c> and <c>filter-crs</c> (OGC 19-079r2, 8). Without a language CQL2 text is meant, or JSON where it begins with a brace.</summary>
static class FilterParameter
{
    public static CqlFilter? Read(LayerDefinition layer, IQueryCollection parameters, OgcCrs crs, List<LocalText> faults)
    {
        var (text, language) = (parameters["filter"].ToString(), parameters["filter-lang"].ToString());
        if (language is not ("" or "cql2-text" or "cql2-json"))
            faults.Add(new($"filter-lang=“{language}”应为 cql2-text 或 cql2-json。", $"'filter-lang={language}' is neither cql2-text nor cql2-json."));
        if (text.Length == 0 || faults.Count > 0)
            return null;
        var isJson = language == "cql2-json" || language.Length == 0 && text.TrimStart().StartsWith('{');
        if (crs != OgcCrs.Crs84)
            text = isJson ? FilterCrs.OfJson(text, crs) : FilterCrs.OfText(text, crs);
        var (filter, fault) = isJson ? CqlFilter.ParseJson(text, layer) : CqlFilter.ParseText(text, layer);
        if (fault is not null)
            faults.Add(fault.Sentence);
        return filter;
    }
}
