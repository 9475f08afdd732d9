using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Diagnosis;

/// <summary>One thing that was looked at, and what came of it.</summary>
/// <param name="Id">Stable name, for programs: <c>wal-level</c>.</param>
/// <param name="Remedy">What to do; null where nothing is to be done.</param>
public sealed record Finding(string Id, FindingLevel Level, LocalText What, LocalText? Remedy = null)
{
    public static Finding Well(string id, string zh, string en) => new(id, FindingLevel.Well, new(zh, en));

    public static Finding Note(string id, string zh, string en) => new(id, FindingLevel.Note, new(zh, en));

    public static Finding Warning(string id, LocalText what, LocalText remedy) => new(id, FindingLevel.Warning, what, remedy);

    public static Finding Fault(string id, LocalText what, LocalText remedy) => new(id, FindingLevel.Fault, what, remedy);
}
