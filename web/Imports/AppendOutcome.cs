namespace CityOps.Gis.Web.Imports;

/// <summary>What became of a chunk.</summary>
public enum AppendOutcome
{
    Appended,

    /// <summary>The file goes on elsewhere; the sender must ask where.</summary>
    WrongOffset,

    /// <summary>The checksum is that of other bytes.</summary>
    Damaged,

    /// <summary>The file would become longer than was said.</summary>
    TooLong,

    /// <summary>Another request is writing to the file.</summary>
    Busy,
}
