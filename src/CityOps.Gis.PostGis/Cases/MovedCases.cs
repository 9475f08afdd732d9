using CityOps.Gis.Layers;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Cases that have moved here, as a delivery meets them. Their way is that of their moves: a delivery that says another stage or other times for one does not change it, one that does not
/// bring it does not remove it.
/// </summary>
static class MovedCases
{
    // What cases.mirror_move writes, and the moment that everything is counted from.
    static readonly string[] s_mirrored = ["status", "department", "request", "deadline", "stage_deadline", "stage_warning", "filed_at", "dispatched_at", "handled_at", "closed_at", "occurred_at"];

    /// <summary>Is the stored feature <c>now</c> one?</summary>
    public const string IsOne = "exists (select from cases.move one where one.fid = now.fid)";

    public static bool MayBeIn(LayerDefinition layer) => layer.Id == CaseTables.LayerId;

    /// <summary>Does the delivered row <c>new</c> say another stage, department or time than the stored feature <c>now</c>?</summary>
    public static string Differs(LayerDefinition layer)
    {
        var fields = s_mirrored.Where(name => layer.Find(name) is { Stored: true }).Select(SqlName.Quote).ToList();
        return $"({string.Join(", ", fields.Select(name => "now." + name))}) is distinct from ({string.Join(", ", fields.Select(name => "new." + name))})";
    }
}
