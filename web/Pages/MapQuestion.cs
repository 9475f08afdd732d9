using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.PostGis;
using CityOps.Gis.Queries;
using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Pages;

/// <summary>
/// What the map page asks of its layers, as its address holds it: <c>district=350203&amp;department=12&amp;from=2026-01-01&amp;to=2026-02-01</c> of all alike, classes and
/// statuses of single ones (<see cref="LayerFilters"/>). The map's ground (boundaries, roads) is always drawn whole, and a time is asked only of layers that have one.
/// </summary>
/// <param name="Area">Code of a district, subdistrict, community or unit grid.</param>
/// <param name="From">First day, Beijing time.</param>
/// <param name="To">The day after the last one.</param>
public sealed record MapQuestion(string? Area = null, string? Department = null, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>Box, polygon or circle that features must lie in or touch.</summary>
    public DrawnShape? Shape { get; init; }

    /// <summary>Classes and statuses of single layers.</summary>
    public LayerFilters Filters { get; init; } = LayerFilters.None;

    static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    static readonly (string LayerId, string Parameter)[] Levels =
        [("districts", "district"), ("subdistricts", "subdistrict"), ("communities", "community"), ("unit_grids", "grid")];

    public bool IsWhole => this == new MapQuestion();

    /// <summary>Reads the parameters of an address; what cannot be read counts as absent.</summary>
    public static MapQuestion Parse(IReadOnlyDictionary<string, StringValues> parameters)
    {
        string? Text(string name) => parameters.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Text(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        var area = Levels.Select(level => Text(level.Parameter) is { } code && SpineTree.LayerOf(code) == level.LayerId ? code : null).LastOrDefault(code => code is not null);
        var (from, to) = (Day("from"), Day("to"));
        return (from >= to ? new(area, Text("department")) : new MapQuestion(area, Text("department"), from, to)) with { Shape = SelectedShape.Parse(parameters), Filters = LayerFilters.Parse(parameters) };
    }

    /// <summary>Does the question reach a layer at all?</summary>
    public static bool Concerns(LayerDefinition layer) => layer.Group is not ("spine" or "base");

    /// <summary>The question of one layer.</summary>
    public FeatureQuery Of(LayerDefinition layer)
    {
        var query = new FeatureQuery(layer.Id);
        if (!Concerns(layer))
            return query;
        query = Filters.Of(query);
        if (Department is not null)
            query = query with { Departments = [Department] };
        if (Shape is not null)
            query = SelectedShape.Within(query, Shape);
        if (layer.Find("occurred_at") is not null)
            query = query with { From = Start(From), To = Start(To) };
        return Area is null ? query : SpineTree.LayerOf(Area) switch
        {
            "districts" => query with { Districts = [Area] },
            "subdistricts" => query with { Subdistricts = [Area] },
            "communities" => query with { Communities = [Area] },
            _ => query with { Grids = [Area] },
        };
    }

    /// <summary>Parameters of the address, in a fixed order; empty where nothing is asked.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        if (Area is not null)
            parts.Add($"{Levels.First(level => level.LayerId == SpineTree.LayerOf(Area)).Parameter}={Area}");
        if (Department is not null)
            parts.Add("department=" + Uri.EscapeDataString(Department));
        if (From is { } from)
            parts.Add($"from={from:yyyy-MM-dd}");
        if (To is { } to)
            parts.Add($"to={to:yyyy-MM-dd}");
        if (Shape is not null)
            parts.Add(SelectedShape.Format(Shape));
        if (!Filters.AreNone)
            parts.Add(Filters.ToString());
        return string.Join('&', parts);
    }

    /// <summary>The first moment of a day in Beijing.</summary>
    public static DateTimeOffset? Start(DateOnly? day) => day is { } one ? new DateTimeOffset(one.ToDateTime(TimeOnly.MinValue), Beijing) : null;
}
