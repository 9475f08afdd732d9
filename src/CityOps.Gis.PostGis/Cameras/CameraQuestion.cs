namespace CityOps.Gis.PostGis.Cameras;

/// <summary>Which cameras somebody asks for; an empty part does not restrict.</summary>
/// <param name="State">Code of the list <c>camera-states</c>.</param>
/// <param name="Text">Words that occur in the id or the name.</param>
public sealed record CameraQuestion(string? State = null, string? Text = null);
