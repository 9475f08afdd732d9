using System.Text.Json;

namespace CityOps.Gis.Leaflet;

/// <summary>A click on a feature; position in degrees, properties as the tile carries them.</summary>
public sealed record MapClick(string LayerId, long Fid, double Longitude, double Latitude, JsonElement Properties);
