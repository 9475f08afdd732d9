namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A place at a kerb: EPSG:4548, its unit grid and street.</summary>
readonly record struct Spot(double X, double Y, int Grid, int Street)
{
    /// <summary>Longitude and latitude as CSV cells, seven decimals (about 1 cm).</summary>
    public string Degrees
    {
        get
        {
            var (longitude, latitude) = GaussKruger117.ToDegrees(X, Y);
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{longitude:F7},{latitude:F7}");
        }
    }
}
