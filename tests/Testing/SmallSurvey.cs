using System.Globalization;
using System.Text;

namespace CityOps.Gis.Testing;

/// <summary>Street lamps of <see cref="SmallCity"/> as a survey team delivers them: a GBK shapefile in degrees of CGCS2000 with a .prj.</summary>
public static class SmallSurvey
{
    public const string Cgcs2000 = """GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]""";

    /// <summary>Class 01037, street lamps.</summary>
    public sealed record Lamp(string Code, double X, double Y)
    {
        public string? Name { get; init; } = "路灯";
        public string State { get; init; } = "完好";
        public string Department { get; init; } = "市政设施中心";
        public object? FirstDate { get; init; } = new DateOnly(2024, 6, 1);
    }

    /// <summary>Lamps in turn in the western and the eastern district, about 11 m apart.</summary>
    public static Lamp[] Lamps(int count, int from = 0)
        => [.. Enumerable.Range(from, count).Select(index => new Lamp(
            (index % 2 == 0 ? "350203" : "350206") + "01037" + (index + 1).ToString("D6", CultureInfo.InvariantCulture),
            (index % 2 == 0 ? 118.0003 : 118.0103) + index / 2 % 80 * 0.00011, 24.4003 + index / 160 * 0.00011))];

    /// <summary>As many lamps as there is room for, 1.1 m apart.</summary>
    public static Lamp[] ManyLamps(int count)
        => [.. Lamps(count).Select((lamp, index) => lamp with { X = (index % 2 == 0 ? 118.0003 : 118.0103) + index / 2 % 800 * 0.000011, Y = 24.4003 + index / 1600 * 0.000011 })];

    /// <summary>The same lamps: ten changed, ten moved, and ten gone.</summary>
    public static Lamp[] Changed(Lamp[] lamps)
        => [.. lamps[..10].Select(lamp => lamp with { State = "破损" }), .. lamps[10..20].Select(lamp => lamp with { Y = lamp.Y + 0.00005 }), .. lamps[30..]];

    /// <returns>Path of the .shp.</returns>
    public static string Write(string stem, IEnumerable<Lamp> lamps, Encoding? encoding = null, string? cpg = null, string? prj = Cgcs2000, byte languageId = 0x4D)
    {
        using (var file = new ShapefileWriter(stem, 1, encoding) { Prj = prj, Cpg = cpg, LanguageId = languageId })
        {
            file.Field("ObjID", 'C', 18).Field("ObjName", 'C', 60).Field("DeptCode1", 'C', 18).Field("DeptName1", 'C', 60).Field("ObjState", 'C', 10)
                .Field("ORDate", 'C', 20).Field("Note_", 'C', 60);
            foreach (var lamp in lamps)
                file.Point(lamp.X, lamp.Y, lamp.Code, lamp.Name, "11", lamp.Department, lamp.State, lamp.FirstDate, null);
        }
        return stem + ".shp";
    }
}
