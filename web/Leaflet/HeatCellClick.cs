namespace CityOps.Gis.Leaflet;

/// <summary>A click on a cell of a heat map.</summary>
/// <param name="Id">Of the cell, as <c>/heat</c> gives it.</param>
public sealed record HeatCellClick(string Id, double Longitude, double Latitude);
