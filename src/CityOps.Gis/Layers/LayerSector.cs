namespace CityOps.Gis.Layers;

/// <summary>The fields that hold what a point sees (a camera's field of view, 视场). They must be numbers that are sent to tiles.</summary>
/// <param name="Direction">Field with the direction of its middle, degrees clockwise from north.</param>
/// <param name="Angle">Field with its opening, degrees.</param>
/// <param name="Range">Field with how far it reaches, metres.</param>
public sealed record LayerSector(string Direction, string Angle, string Range);
