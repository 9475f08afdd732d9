namespace CityOps.Gis.Leaflet;

/// <summary>What became of a picture of the map.</summary>
public enum PictureOutcome
{
    Saved,

    /// <summary>A person did not want to wait longer.</summary>
    Stopped,

    /// <summary>Something that the map shows did not come in time.</summary>
    Late,
}
