namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>
/// Gives the lattice's lines their road classes: an arterial about every 1.2 km, a secondary road between two of them, branches in the
/// built-up area, lanes inside its blocks, and expressways that cross the water on bridges.
/// </summary>
sealed class StreetMaker(CityLattice lattice, Dice dice)
{
    const double CountryDensity = 0.025;
    const double SuburbDensity = 0.12;
    const int LongestBridge = 45;

    public void Make()
    {
        foreach (var isNorth in (bool[])[false, true])
        {
            var lines = isNorth ? CityLattice.Columns : CityLattice.Rows;
            var classes = ClassesOfLines(lines, isNorth ? 21 : 22);
            for (var line = 1; line < lines; line++)
            {
                for (var at = 0; at < (isNorth ? CityLattice.Rows : CityLattice.Columns); at++)
                    Road(isNorth, line, at) = ClassOfEdge(isNorth, line, at, classes[line]);
                if (classes[line] == RoadClass.Expressway)
                    Bridge(isNorth, line);
            }
        }
        DropStubs();
    }

    /// <summary>Rank of a line by its distance from the last arterial; spacing varies so that blocks differ.</summary>
    RoadClass[] ClassesOfLines(int lines, int salt)
    {
        var classes = new RoadClass[lines];
        Array.Fill(classes, RoadClass.Neighbourhood);
        for (int line = 3, count = 0; line < lines; count++)
        {
            var gap = 11 + dice.Below(4, count, salt);
            classes[line] = count % 4 == 1 ? RoadClass.Expressway : RoadClass.Arterial;
            var middle = line + gap / 2 + dice.Below(2, count, salt, 1);
            if (middle < lines)
                classes[middle] = RoadClass.Secondary;
            for (var branch = line + 2; branch < Math.Min(lines, line + gap - 1); branch += 2 + dice.Below(2, branch, salt, 2))
                if (classes[branch] == RoadClass.Neighbourhood && branch != middle - 1 && branch != middle + 1)
                    classes[branch] = RoadClass.Branch;
            line += gap;
        }
        return classes;
    }

    RoadClass ClassOfEdge(bool isNorth, int line, int at, RoadClass ofLine)
    {
        var (left, right) = isNorth ? (CityLattice.Cell(line - 1, at), CityLattice.Cell(line, at)) : (CityLattice.Cell(at, line - 1), CityLattice.Cell(at, line));
        if (lattice.Subdistrict[left] < 0 || lattice.Subdistrict[right] < 0)
            return RoadClass.None;
        var density = Math.Min(lattice.Density[left], lattice.Density[right]);
        var isBuilt = lattice.IsBuilt[left] && lattice.IsBuilt[right];
        var block = dice.Unit(line * 2 + (isNorth ? 1 : 0), at / 5, 23);
        var isThere = ofLine switch
        {
            RoadClass.Expressway => true,
            RoadClass.Arterial => density > CountryDensity,
            RoadClass.Secondary => isBuilt || density > SuburbDensity,
            RoadClass.Branch => isBuilt && block < 0.93,
            _ => isBuilt && block < 0.34,
        };
        return isThere ? ofLine : RoadClass.None;
    }

    /// <summary>Closes gaps of water between two ends of an expressway.</summary>
    void Bridge(bool isNorth, int line)
    {
        var length = isNorth ? CityLattice.Rows : CityLattice.Columns;
        var end = -1;
        for (var at = 0; at < length; at++)
        {
            if (Road(isNorth, line, at) == RoadClass.None)
                continue;
            if (end >= 0 && at - end > 1 && at - end <= LongestBridge)
                for (var over = end + 1; over < at; over++)
                    Road(isNorth, line, over) = RoadClass.Expressway;
            end = at;
        }
    }

    /// <summary>Takes away lone pieces of lanes and branches that meet no other road at either end.</summary>
    void DropStubs()
    {
        for (var j = 0; j < CityLattice.Rows; j++)
            for (var i = 0; i < CityLattice.Columns; i++)
            {
                if (lattice.RoadEast[CityLattice.Vertex(i, j)] is RoadClass.Branch or RoadClass.Neighbourhood && Arms(i, j) == 1 && Arms(i + 1, j) == 1)
                    lattice.RoadEast[CityLattice.Vertex(i, j)] = RoadClass.None;
                if (lattice.RoadNorth[CityLattice.Vertex(i, j)] is RoadClass.Branch or RoadClass.Neighbourhood && Arms(i, j) == 1 && Arms(i, j + 1) == 1)
                    lattice.RoadNorth[CityLattice.Vertex(i, j)] = RoadClass.None;
            }
    }

    int Arms(int i, int j)
    {
        var arms = 0;
        for (var direction = 0; direction < 4; direction++)
            arms += lattice.Arm(i, j, direction) == RoadClass.None ? 0 : 1;
        return arms;
    }

    ref RoadClass Road(bool isNorth, int line, int at)
        => ref isNorth ? ref lattice.RoadNorth[CityLattice.Vertex(line, at)] : ref lattice.RoadEast[CityLattice.Vertex(at, line)];
}
