namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Joins adjoining unit grids of one community into management grids of up to five (built-up) or two (country).</summary>
sealed class ManagementGridMaker(CityLattice lattice, List<int>[] cells, int[] gridCommunity)
{
    public List<List<int>> Make()
    {
        var isTaken = new bool[cells.Length];
        var made = new List<List<int>>();
        for (var grid = 0; grid < cells.Length; grid++)
            if (!isTaken[grid])
                made.Add(Gather(grid, isTaken));
        return made;
    }

    List<int> Gather(int start, bool[] isTaken)
    {
        var most = lattice.IsBuilt[cells[start][0]] ? 5 : 2;
        var group = new List<int> { start };
        isTaken[start] = true;
        for (var next = 0; next < group.Count && group.Count < most; next++)
            foreach (var side in cells[group[next]].SelectMany(GridMaker.SidesOf).Select(cell => lattice.Grid[cell]).Where(side => side >= 0).Distinct().Order())
                if (group.Count < most && !isTaken[side] && gridCommunity[side] == gridCommunity[start])
                {
                    isTaken[side] = true;
                    group.Add(side);
                }
        return group;
    }
}
