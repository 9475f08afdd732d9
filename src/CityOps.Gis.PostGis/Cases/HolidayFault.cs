namespace CityOps.Gis.PostGis.Cases;

/// <summary>Why a line of a list of days cannot be taken.</summary>
/// <param name="Code"><c>empty</c>, <c>many</c>, <c>cells</c>, <c>day</c>, <c>kind</c>, <c>name</c> or <c>twice</c>.</param>
/// <param name="Found">What stood there.</param>
public sealed record HolidayFault(int Line, string Code, string Found);
