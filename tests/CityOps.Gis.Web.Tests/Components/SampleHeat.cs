using CityOps.Gis.Heat;
using CityOps.Gis.Tiles.Heat;
using CityOps.Gis.Web.Pages;

namespace CityOps.Gis.Tests.Web.Components;

/// <summary>A heat map of cases by district, as it comes from the map's answers: 350203 with 1,500, 350206 with 3, and 5 of no district.</summary>
static class SampleHeat
{
    public static readonly HeatAnswer Answer = new()
    {
        Question = new(new("cases")) { Cell = HeatCellKind.District }, Layer = PageContext.Layer("cases"), Lattice = null, Executor = "snapshot", Version = 1,
        Areas = new(1, ["350203", "350206"], ["思明区", null], [null, null]), Keys = [], Codes = ["", "350203", "350206"], Counts = [5, 1_500, 3], Values = [double.NaN, 1_500, 3],
        Total = 1_508, Outside = 0, Legend = HeatLegend.OfBreaks([10, 100]),
    };

    public static readonly AnalysisResult Result = new(Answer, null, [1, 2], [], [], [], [(HeatSlice.Month, [("2026-01", 3), ("2026-03", 4)])]);
}
