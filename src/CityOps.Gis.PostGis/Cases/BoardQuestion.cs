using CityOps.Gis.Cases;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>Which open cases somebody asks for; an empty part does not restrict.</summary>
/// <param name="Class">Code of the list <c>event-classes</c>.</param>
/// <param name="Department">Code; <see cref="Nobody"/>: those that fall to none.</param>
/// <param name="Area">Code of a district, subdistrict, community or unit grid.</param>
/// <param name="Text">Words that occur in the number or the address.</param>
public sealed record BoardQuestion(CaseStage? Stage = null, CaseUrgency? Urgency = null, string? Class = null, string? Department = null, string? Area = null, string? Text = null)
{
    public const string Nobody = "-";
}
