namespace CityOps.Gis.Queries;

/// <summary>
/// What a caller may see: features that lie in one of the grids, communities, subdistricts or districts, or that one of the departments (or one below it) answers for.
/// With nothing in it, nothing may be seen.
/// </summary>
public sealed record JurisdictionScope
{
    string? _text;

    public JurisdictionScope()
    {
    }

    // Of a copy other codes may be given, so the text is not copied.
    JurisdictionScope(JurisdictionScope other)
        => (Grids, Communities, Subdistricts, Districts, Departments) = (other.Grids, other.Communities, other.Subdistricts, other.Districts, other.Departments);

    public IReadOnlyList<string> Grids { get; init; } = [];
    public IReadOnlyList<string> Communities { get; init; } = [];
    public IReadOnlyList<string> Subdistricts { get; init; } = [];
    public IReadOnlyList<string> Districts { get; init; } = [];
    public IReadOnlyList<string> Departments { get; init; } = [];

    public bool IsEmpty => Grids.Count + Communities.Count + Subdistricts.Count + Districts.Count + Departments.Count == 0;

    /// <summary>
    /// Does it hold all of the other? A division holds those whose codes begin with its own (GB/T 2260, GB/T 30428.1); a department counts for itself, as what stands
    /// below it only the database knows.
    /// </summary>
    public bool Holds(JurisdictionScope other)
        => other.Divisions.All(code => Divisions.Any(own => code.StartsWith(own, StringComparison.Ordinal))) && other.Departments.All(Departments.Contains);

    /// <summary>Equal for scopes that show the same.</summary>
    public override string ToString()
        => _text ??= string.Join(';', new[] { Grids, Communities, Subdistricts, Districts, Departments }.Select(codes => string.Join(',', codes.Distinct().Order(StringComparer.Ordinal))));

    public bool Equals(JurisdictionScope? other) => ReferenceEquals(this, other) || (other is not null && ToString() == other.ToString());

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    IEnumerable<string> Divisions => [.. Districts, .. Subdistricts, .. Communities, .. Grids];
}
