namespace CityOps.Gis.PostGis.Search;

/// <summary>Why a feature was found, the best first.</summary>
public enum SearchMatch
{
    /// <summary>Its code is what was asked for.</summary>
    Code,
    CodeBegins,
    Name,
    NameBegins,

    /// <summary>Its name is read so: in full, or by its initials.</summary>
    Pinyin,
    PinyinBegins,
    Contains,

    /// <summary>What was asked for is a coordinate, and this is the place.</summary>
    Place,
}
