using System.Globalization;

namespace CityOps.Gis.Crs;

/// <summary>A reference system in the words of Esri, as a .prj file has it: what ArcGIS, QGIS and our own importer recognise.</summary>
public static class EsriWkt
{
    /// <exception cref="ArgumentException">The system is neither geographic, Web Mercator nor a Gauss–Krüger zone of CGCS2000 or WGS 84.</exception>
    public static string Of(CrsDefinition crs)
    {
        if (crs.Datum is not ("cgcs2000" or "wgs84"))
            throw new ArgumentException($"{crs} has no Esri text here.", nameof(crs));
        var geographic = Geographic(crs.Datum);
        if (crs.IsGeographic)
            return geographic;
        if (crs.Projection == ProjNetSystem.WebMercator)
            return Projected("WGS_1984_Web_Mercator_Auxiliary_Sphere", Geographic("wgs84"), "Mercator_Auxiliary_Sphere",
                ("False_Easting", 0), ("False_Northing", 0), ("Central_Meridian", 0), ("Standard_Parallel_1", 0), ("Auxiliary_Sphere_Type", 0));
        if (!crs.IsGaussKruger)
            throw new ArgumentException($"{crs} has no Esri text here.", nameof(crs));
        var width = crs.ZoneWidth == 3 ? "3_Degree_" : "";
        var name = string.Create(CultureInfo.InvariantCulture, $"CGCS2000_{width}GK_{(crs.HasZonePrefix ? $"Zone_{crs.Zone}" : $"CM_{crs.CentralMeridian}E")}");
        return Projected(name, geographic, "Gauss_Kruger",
            ("False_Easting", crs.FalseEasting), ("False_Northing", crs.FalseNorthing), ("Central_Meridian", crs.CentralMeridian ?? 0), ("Scale_Factor", 1), ("Latitude_Of_Origin", 0));
    }

    static string Geographic(string datum) => datum == "wgs84"
        ? "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]"
        : "GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

    static string Projected(string name, string geographic, string projection, params IEnumerable<(string Name, double Value)> parameters)
        => $"PROJCS[\"{name}\",{geographic},PROJECTION[\"{projection}\"],"
            + string.Concat(parameters.Select(one => string.Create(CultureInfo.InvariantCulture, $"PARAMETER[\"{one.Name}\",{one.Value:0.0##############}],")))
            + "UNIT[\"Meter\",1.0]]";
}
