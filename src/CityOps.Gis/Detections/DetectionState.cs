namespace CityOps.Gis.Detections;

/// <summary>What is known of a scene; codes of the list <c>detection-states</c>.</summary>
public enum DetectionState
{
    /// <summary>A person is asked.</summary>
    Waiting,

    /// <summary>It is so; it has a case.</summary>
    Confirmed,

    /// <summary>It is not so.</summary>
    Rejected,

    /// <summary>A later frame did not show it any more, before anybody was asked.</summary>
    Gone,
}
