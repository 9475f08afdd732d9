using System.Globalization;

namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>Writes <c>assessments.csv</c>: every department by five aspects each month of three years, and every community (or management grid) in the last months.</summary>
sealed class AssessmentTable(SampleWorld world, SpotPicker spots, SampleSize size)
{
    const int Months = 36;

    static readonly (string Code, string Indicator)[] Aspects =
        [("clean", "环境卫生得分"), ("tidy", "市容整洁得分"), ("orderly", "街面秩序按期处置率"), ("safe", "设施安全完好率"), ("satisfaction", "公众满意率")];

    readonly SampleRandom _random = new((ulong)world.Seed + 303);

    public long Write(string path)
    {
        using var file = new CsvFile(path, "考核编号,指标,方面,得分,周期,考核时间,被考核部门代码,经度,纬度");
        var offices = world.Departments.All.Select(_ => spots.Anywhere(_random)).ToList();
        for (var month = 0; month < Months; month++)
        {
            var start = Calendar.Reference.AddMonths(month - Months);
            WriteDepartments(file, start, month, offices);
            if (month >= Months - size.GridMonths)
                WriteGrids(file, start, month);
        }
        return file.Rows;
    }

    void WriteDepartments(CsvFile file, DateOnly start, int month, List<Spot> offices)
    {
        for (var d = 0; d < offices.Count; d++)
            for (var a = 0; a < Aspects.Length; a++)
                Row(file, $"D{d + 1:D3}{a + 1}", Aspects[a].Indicator, Aspects[a].Code, 78 + 14 * world.Dice.Unit(d, a, 91) + month * 0.12, start, world.Departments.All[d].Code, offices[d]);
    }

    void WriteGrids(CsvFile file, DateOnly start, int month)
    {
        var count = size.IsFull ? world.Spine.ManagementGrids.Count : world.Spine.Communities.Count;
        for (var g = 0; g < count; g++)
        {
            var grid = size.IsFull ? world.Spine.ManagementGrids[g][0] : world.Spine.Lattice.Grid[world.Spine.Communities[g].Seat];
            var (i, j) = CityLattice.CellAt(world.Spine.GridCells[grid][0]);
            var (x, y) = world.Spine.Lattice.Inside(i, j, 0.5, 0.5);
            var department = world.Departments.All[world.Departments.Responsible("enforcement", world.Spine.DistrictOfGrid(grid))].Code;
            Row(file, $"G{g + 1:D5}", size.IsFull ? "管理网格综合得分" : "社区网格综合得分", Aspects[g % 5].Code, 70 + 24 * world.Dice.Unit(g, 92) + month * 0.1, start, department, new(x, y, grid, -1));
        }
    }

    void Row(CsvFile file, string target, string indicator, string aspect, double level, DateOnly start, string department, Spot at)
    {
        var score = Math.Clamp(level + 3 * _random.Normal(), 30, 100);
        var time = start.AddMonths(1).AddDays(4).ToDateTime(new TimeOnly(10, 0));
        file.Row(string.Create(CultureInfo.InvariantCulture,
            $"KH{start:yyyyMM}{target},{indicator},{aspect},{score:F1},{start:yyyy-MM},{Calendar.Text(time < Calendar.Now ? time : Calendar.Now.AddHours(-6))},{department},{at.Degrees}"));
    }
}
