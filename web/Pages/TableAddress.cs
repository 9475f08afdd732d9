using Microsoft.Extensions.Primitives;

namespace CityOps.Gis.Web.Pages;

/// <summary>The open table below the map as the address holds it: <c>table=components&amp;columns=code,status&amp;sort=-first_date</c>.</summary>
/// <param name="Columns">Names in the order they are shown; null = the usual ones.</param>
/// <param name="Sort">A column's name, with <c>-</c> before it for descending; null = by number.</param>
public sealed record TableAddress(string LayerId, IReadOnlyList<string>? Columns = null, string? Sort = null)
{
    /// <summary>Null where the table is folded.</summary>
    public static TableAddress? Parse(IReadOnlyDictionary<string, StringValues> parameters)
    {
        string? Text(string name) => parameters.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text ? text : null;
        return Text("table") is { } layer ? new(layer, Text("columns")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), Text("sort")) : null;
    }

    public bool Equals(TableAddress? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString()
        => $"table={Uri.EscapeDataString(LayerId)}" + (Columns is null ? "" : "&columns=" + string.Join(',', Columns.Select(Uri.EscapeDataString))) + (Sort is null ? "" : "&sort=" + Uri.EscapeDataString(Sort));
}
