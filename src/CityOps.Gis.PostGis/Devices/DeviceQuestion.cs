using CityOps.Gis.Devices;

namespace CityOps.Gis.PostGis.Devices;

/// <summary>Which devices somebody asks for; an empty part does not restrict.</summary>
/// <param name="Area">Code of a district, subdistrict, community or unit grid.</param>
/// <param name="Text">Words that occur in the id or the name.</param>
public sealed record DeviceQuestion(DeviceState? State = null, string? Kind = null, string? Area = null, string? Text = null);
