namespace CityOps.Gis.Web.Components.Features;

/// <summary>What became of a draft that was to be saved.</summary>
enum SaveResult
{
    Saved,

    /// <summary>The checks found errors.</summary>
    Refused,

    /// <summary>Somebody changed the feature since the draft was read.</summary>
    Conflict,

    /// <summary>The feature was removed meanwhile.</summary>
    Gone,
}
