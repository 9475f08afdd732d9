namespace CityOps.Gis.Tiles.Following;

/// <summary>Which parts of a view to merge, so that there are a handful: each part has at least four times the rows of all later ones together.</summary>
static class MergePlan
{
    const int Ratio = 4;

    /// <summary>The first part, the large one, joins when the changes are a sixteenth of it or an eighth of its rows are dead.</summary>
    const int ChangedShare = 16, DeadShare = 8;

    /// <summary>Merges of so few rows are done at once, larger ones beside the following.</summary>
    public const int FewRows = 8_192;

    /// <param name="from">Parts before this are being merged already.</param>
    /// <returns>The first part to merge with all later ones; -1 = none.</returns>
    public static int Of(IReadOnlyList<FollowedPart> parts, int from)
    {
        if (from == 0 && parts.Count > 0 && WantsAll(parts))
            return 0;
        var later = 0L;
        var first = -1;
        for (var part = parts.Count - 1; part >= Math.Max(from, 1); part--)
        {
            if (later > 0 && parts[part].Snapshot.Count < Ratio * later)
                first = part;
            later += parts[part].Snapshot.Count;
        }
        return first;
    }

    static bool WantsAll(IReadOnlyList<FollowedPart> parts)
    {
        var changed = parts.Skip(1).Sum(part => (long)part.Count);
        var large = parts[0].Snapshot.Count;
        return large + changed <= FewRows ? parts.Count > 4 || parts[0].Dead.Count * 2 > large
            : changed * ChangedShare > large || (long)parts[0].Dead.Count * DeadShare > large;
    }
}
