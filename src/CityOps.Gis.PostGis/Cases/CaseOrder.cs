using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>A move that somebody wants a case to make.</summary>
/// <param name="Move">Id in <see cref="CaseMoves.All"/>.</param>
/// <param name="After">Number of the last move that the person has seen; 0 for none. If there is a later one, somebody was faster.</param>
public sealed record CaseOrder(string Move, int After)
{
    public string? Note { get; init; }

    /// <summary>Code of the department it is dispatched to.</summary>
    public string? Department { get; init; }

    /// <summary>Asked for or granted, in working minutes.</summary>
    public int? DelayMinutes { get; init; }
    public IReadOnlyList<NewPhoto> Photos { get; init; } = [];

    /// <summary>A sender that may send twice names each order once: the second time it gets the answer of the first.</summary>
    public Guid? Token { get; init; }
}
