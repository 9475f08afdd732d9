namespace CityOps.Gis.SurveyImport.Sampling;

sealed class DefectPlan
{
    public int Count => 0;
    public void Begin(string file, int rule, int rows) { }
    public bool Plant(ShapefileWriter file, ClassRule rule, PlacedShape shape, int grid, int district, int serial) => false;
    public IEnumerable<(string Name, long Rows)> WriteOwnFiles(string folder) => [];
}
