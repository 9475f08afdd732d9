namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A community (社区) of the sample city.</summary>
sealed record SampleCommunity(string Code, string Name, int Subdistrict, bool IsUrban, int Seat);

/// <summary>Communities, unit grids and their cells, with codes: what everything else of the sample stands on.</summary>
sealed class Spine
{
    public required CityLattice Lattice { get; init; }
    public required RegionTracer Tracer { get; init; }
    public required List<SampleCommunity> Communities { get; init; }
    public required string[] GridCodes { get; init; }
    public required int[] GridCommunity { get; init; }
    public required List<int>[] GridCells { get; init; }

    /// <summary>Unit grids of each management grid (管理网格): 1–5 adjoining ones of one community.</summary>
    public required List<List<int>> ManagementGrids { get; init; }

    public static Spine Make(Dice dice, Names names)
    {
        var maker = new LatticeMaker(dice);
        var lattice = maker.Make();
        var cells = new List<int>[maker.Grids];
        for (var grid = 0; grid < cells.Length; grid++)
            cells[grid] = [];
        for (var cell = 0; cell < lattice.Grid.Length; cell++)
            if (lattice.Grid[cell] is >= 0 and var grid)
                cells[grid].Add(cell);
        var communities = NameCommunities(lattice, maker.CommunitySeats, names);
        var gridCommunity = cells.Select(own => lattice.Community[own[0]]).ToArray();
        return new()
        {
            Lattice = lattice, Tracer = new(lattice), Communities = communities, GridCells = cells, GridCommunity = gridCommunity,
            GridCodes = Number(gridCommunity, communities), ManagementGrids = new ManagementGridMaker(lattice, cells, gridCommunity).Make(),
        };
    }

    public int DistrictOfGrid(int grid) => Divisions.DistrictOf(Communities[GridCommunity[grid]].Subdistrict);

    /// <summary>Communities count from 001, villages from 201, as the statistical codes do.</summary>
    static List<SampleCommunity> NameCommunities(CityLattice lattice, List<int> seats, Names names)
    {
        var next = new Dictionary<(int, bool), int>();
        var made = new List<SampleCommunity>();
        foreach (var seat in seats)
        {
            var key = (lattice.Subdistrict[seat], lattice.IsBuilt[seat]);
            var number = next[key] = next.GetValueOrDefault(key, key.Item2 ? 0 : 200) + 1;
            made.Add(new($"{Divisions.Subdistricts[key.Item1].Code}{number:D3}", names.Community(key.Item2), key.Item1, key.Item2, seat));
        }
        return made;
    }

    /// <summary>Serials 001–999 inside a community, in the order of the grids.</summary>
    static string[] Number(int[] gridCommunity, List<SampleCommunity> communities)
    {
        var serials = new int[communities.Count];
        return [.. gridCommunity.Select(community => $"{communities[community].Code}{++serials[community]:D3}")];
    }
}
