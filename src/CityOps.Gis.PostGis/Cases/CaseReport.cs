namespace CityOps.Gis.PostGis.Cases;

/// <summary>What somebody reports: a thing of a class at a component or at a place.</summary>
/// <param name="ClassCode">Of the code list <c>event-classes</c>.</param>
public sealed record CaseReport(string ClassCode, string Note)
{
    /// <summary>Edition of the class; null: the first one that has the code.</summary>
    public string? ClassTable { get; init; }

    /// <summary>Degrees (EPSG:4490); may be left out where there is a component.</summary>
    public (double Longitude, double Latitude)? Place { get; init; }

    /// <summary>Identification code (标识码) of the component it is about.</summary>
    public string? ComponentCode { get; init; }

    /// <summary>Null: what the class is called.</summary>
    public string? Title { get; init; }
    public string? Address { get; init; }

    /// <summary>Code in the list <c>case-sources</c>.</summary>
    public string Source { get; init; } = "collector";

    /// <summary>When it was seen; null: now.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
    public IReadOnlyList<NewPhoto> Photos { get; init; } = [];

    /// <summary>A sender that may send twice names each report once: the second time it gets the case of the first.</summary>
    public Guid? Token { get; init; }
}
