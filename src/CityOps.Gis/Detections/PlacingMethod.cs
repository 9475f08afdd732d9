namespace CityOps.Gis.Detections;

/// <summary>How a detection was placed on the map; codes of the list <c>placing-methods</c>.</summary>
public enum PlacingMethod
{
    /// <summary>Where the ray through the box's foot meets the ground, by the camera's mounting height and tilt.</summary>
    Tilt,

    /// <summary>Along that ray, in the middle of what the camera sees.</summary>
    Range,

    /// <summary>Where the camera stands: it is not known where it looks.</summary>
    Camera,
}
