namespace CityOps.Gis.SurveyImport.Sampling;

/// <summary>A named road: a run of edges of one lattice line.</summary>
/// <param name="IsNorth">True when it runs along a line of constant i.</param>
/// <param name="From">First vertex of the run along its line; <paramref name="To"/> the last.</param>
sealed record Street(string Code, string Name, RoadClass Class, bool IsNorth, int Line, int From, int To)
{
    /// <summary>Half the carriageway in m.</summary>
    public static double HalfWidth(RoadClass roadClass) => roadClass switch
    {
        RoadClass.Expressway => 15,
        RoadClass.Arterial => 13,
        RoadClass.Secondary => 9.5,
        RoadClass.Branch => 6,
        _ => 3.5,
    };

    public static string ClassName(RoadClass roadClass) => roadClass switch
    {
        RoadClass.Expressway => "快速路",
        RoadClass.Arterial => "主干路",
        RoadClass.Secondary => "次干路",
        RoadClass.Branch => "支路",
        _ => "街坊路",
    };
}
