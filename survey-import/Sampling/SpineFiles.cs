namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Writes <c>spine/</c>: boundaries, grids and departments.</summary>
sealed class SpineFiles(Spine spine, Departments departments, Names names, string folder, SampleTally tally)
{
    const string BeginDate = "20230101";

    public void Write()
    {
        Directory.CreateDirectory(folder);
        WriteDistricts();
        WriteSubdistricts();
        WriteCommunities();
        WriteUnitGrids();
        WriteManagementGrids();
        WriteDepartments();
    }

    void WriteDistricts()
    {
        using var file = Open("districts", [new("DistCode", 'C', 6), new("DistName", 'C', 50), .. Common]);
        var cells = CellsBy(spine.Lattice.Subdistrict, Divisions.Districts.Length, Divisions.DistrictOf);
        for (var d = 0; d < Divisions.Districts.Length; d++)
            Row(file, cells[d], Divisions.Districts[d].Code, Divisions.Districts[d].Name);
        tally.Add("spine/districts.shp", file.Rows);
    }

    void WriteSubdistricts()
    {
        using var file = Open("subdistricts", [new("StrCode", 'C', 9), new("StrName", 'C', 50), new("DistCode", 'C', 6), .. Common]);
        var cells = CellsBy(spine.Lattice.Subdistrict, Divisions.Subdistricts.Length, s => s);
        for (var s = 0; s < Divisions.Subdistricts.Length; s++)
            Row(file, cells[s], Divisions.Subdistricts[s].Code, Divisions.Subdistricts[s].Name, Divisions.Subdistricts[s].District);
        tally.Add("spine/subdistricts.shp", file.Rows);
    }

    void WriteCommunities()
    {
        using var file = Open("communities", [new("CommCode", 'C', 12), new("CommName", 'C', 50), new("StrCode", 'C', 9), .. Common]);
        var cells = CellsBy(spine.Lattice.Community, spine.Communities.Count, c => c);
        for (var c = 0; c < spine.Communities.Count; c++)
            Row(file, cells[c], spine.Communities[c].Code, spine.Communities[c].Name, Divisions.Subdistricts[spine.Communities[c].Subdistrict].Code);
        tally.Add("spine/communities.shp", file.Rows);
    }

    void WriteUnitGrids()
    {
        using var file = Open("unit_grids", [new("BGID", 'C', 15), new("网格名称", 'C', 50), new("CommCode", 'C', 12), new("State", 'C', 10), .. Common]);
        for (var grid = 0; grid < spine.GridCodes.Length; grid++)
        {
            var community = spine.Communities[spine.GridCommunity[grid]];
            Row(file, spine.GridCells[grid], spine.GridCodes[grid], $"{community.Name}{spine.GridCodes[grid][12..]}网格", community.Code, "有效");
        }
        tally.Add("spine/unit_grids.shp", file.Rows);
    }

    void WriteManagementGrids()
    {
        using var file = Open("management_grids",
            [new("GLWGBM", 'C', 15), new("网格名称", 'C', 50), new("CommCode", 'C', 12), new("GridCodes", 'C', 80), new("网格员", 'C', 50), new("网格员电话", 'C', 30), .. Common]);
        var serials = new int[spine.Communities.Count];
        for (var m = 0; m < spine.ManagementGrids.Count; m++)
        {
            var grids = spine.ManagementGrids[m];
            var community = spine.GridCommunity[grids[0]];
            var serial = ++serials[community];
            Row(file, [.. grids.SelectMany(grid => spine.GridCells[grid])], $"{spine.Communities[community].Code}{serial:D3}",
                $"{spine.Communities[community].Name}第{serial}管理网格", spine.Communities[community].Code,
                string.Join(';', grids.Select(grid => spine.GridCodes[grid])), names.Person(m), $"0592-555{m:D4}");
        }
        tally.Add("spine/management_grids.shp", file.Rows);
    }

    void WriteDepartments()
    {
        using var file = new CsvFile(Path.Combine(folder, "departments.csv"), "部门代码,部门名称,上级部门代码,简称,所属区,初始时间");
        foreach (var one in departments.All)
            file.Row($"{one.Code},{one.Name},{(one.Parent < 0 ? "" : departments.All[one.Parent].Code)},{one.ShortName},"
                + $"{(one.District < 0 ? "" : Divisions.Districts[one.District].Code)},{BeginDate}");
        tally.Add("spine/departments.csv", file.Rows);
    }

    static DbfField[] Common => [new("Area", 'N', 16, 2), new("ORDate", 'D', 8)];

    ShapefileWriter Open(string name, IReadOnlyList<DbfField> fields) => new(Path.Combine(folder, name), ShapeKind.Polygon, fields);

    void Row(ShapefileWriter file, IReadOnlyList<int> cells, params ReadOnlySpan<string> texts)
    {
        var rings = spine.Tracer.Trace(cells);
        for (var i = 0; i < texts.Length; i++)
            file.Set(i, texts[i]);
        file.Set(texts.Length, RegionTracer.Area(rings));
        file.Set(texts.Length + 1, BeginDate);
        file.EndParts(rings);
    }

    static List<int>[] CellsBy(int[] labels, int count, Func<int, int> group)
    {
        var cells = new List<int>[count];
        for (var g = 0; g < count; g++)
            cells[g] = [];
        for (var cell = 0; cell < labels.Length; cell++)
            if (labels[cell] >= 0)
                cells[group(labels[cell])].Add(cell);
        return cells;
    }
}
