using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace CityOps.Gis.Testing;

/// <summary>Random questions: each part there or not, in any combination.</summary>
/// <param name="words">Texts that occur in a property.</param>
/// <param name="exact">Filters may hold relations that only PostGIS answers.</param>
public sealed class RandomQuestions(Random random, LayerDefinition layer, IReadOnlyDictionary<string, string[]> words, bool exact = true)
{
    readonly RandomCql _filters = new(random, layer, words, exact);

    /// <param name="most">About so many parts are asked for.</param>
    public FeatureQuery Next(double most = 2)
    {
        var chance = most / 12;
        var query = new FeatureQuery(layer.Id)
        {
            Districts = Codes("district_code", chance),
            Subdistricts = Codes("subdistrict_code", chance),
            Communities = Codes("community_code", chance / 2),
            Grids = Codes("grid_code", chance / 2),
            Departments = Codes("department_code", chance),
            Classes = [.. Codes("class_code", chance).Select(code => random.Next(2) == 0 && code.Length > 2 ? code[..2] : code).Distinct()],
            Statuses = Codes("status", chance),
            From = Is(chance) ? Moment(0, 200) : null,
            To = Is(chance) ? Moment(200, 430) : null,
            Polygon = Is(chance) ? (Geometry)new WKTReader(new NetTopologySuite.NtsGeometryServices(new PrecisionModel(), 4490)).Read(RandomPlaces.Polygon(random)) : null,
            Near = Is(chance) ? new NearPlace(118 + random.NextDouble() * 0.2, 24.4 + random.NextDouble() * 0.2, Math.Pow(10, 2 + random.NextDouble() * 2)) : null,
            Text = Is(chance) ? Words() : null,
            Filter = Is(3 * chance) ? Filter() : null,
            Scope = Is(chance) ? Scope() : null,
        };
        return query;
    }

    public CqlFilter Filter(int depth = 3)
    {
        var text = _filters.Condition(random.Next(depth + 1));
        var (filter, fault) = CqlFilter.ParseText(text, layer);
        return filter ?? throw new InvalidOperationException($"{fault!.Sentence.En} {text}");
    }

    JurisdictionScope Scope() => new()
    {
        Districts = Codes("district_code", 0.4),
        Subdistricts = Codes("subdistrict_code", 0.4),
        Communities = Codes("community_code", 0.2),
        // A few, or more than PostgreSQL is given as an array (QueryCompiler).
        Grids = Is(0.05) ? [.. words.GetValueOrDefault("grid_code") ?? []] : Codes("grid_code", 0.2),
        Departments = Codes("department_code", 0.4),
    };

    List<string> Codes(string column, double chance)
        => !Is(chance) || words.GetValueOrDefault(column) is not { Length: > 0 } known ? [] : [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => known[random.Next(known.Length)]).Distinct()];

    string? Words()
    {
        var known = layer.StoredFields.Where(field => field.Searchable).SelectMany(field => words.GetValueOrDefault(field.Name, [])).Where(word => word.Length > 0).ToArray();
        if (known.Length == 0)
            return "井盖";
        var parts = Enumerable.Range(0, random.Next(1, 3)).Select(_ => known[random.Next(known.Length)]).Select(word => word[..random.Next(1, word.Length + 1)].Trim());
        var text = string.Join("  ", parts.Select(part => random.Next(2) == 0 ? part.ToUpper(CultureInfo.InvariantCulture) : part).Where(part => part.Length > 0 && !char.IsSurrogate(part[^1])));
        return text.Length == 0 ? null : text;
    }

    bool Is(double chance) => random.NextDouble() < chance;

    DateTimeOffset Moment(int firstDay, int lastDay)
        => new DateTimeOffset(2023, 12, 1, 0, 0, 0, TimeSpan.FromHours(8)).AddSeconds(random.Next(firstDay * 86400, lastDay * 86400));
}
