using CityOps.Gis.Crs;

namespace CityOps.Gis.Fuzzing.Targets;

/// <summary>Positions and reference systems as people and files write them: null or a reason for what is none.</summary>
static class PlaceTargets
{
    public static FuzzTarget Places => new("places",
        FuzzTargets.Utf8("118.08, 24.45", "24°27′N 118°4′48″E", "北纬24度27分 东经118度4分48秒", "39507000 2708000", "507000, 2708000", "13144000 2808000", "W 118 S 24.5"),
        FuzzTargets.Utf8("°", "′", "″", "度", "分", "秒", "N", "E", "北纬", "东经", "，", "-", "1e308", "999999999999999999999", ".", "　", "          "), input =>
    {
        // Where bytes are no UTF-8, half a character stands, as a browser's own text may hold it.
        var text = FuzzTargets.Text(input).Replace('\uFFFD', '\uD800');
        var places = new[] { null, CrsCatalog.Find(4547) }.Select(plane => PlaceText.Parse(text, plane)).ToList();
        foreach (var place in places.OfType<TypedPlace>())
            FuzzTargets.Promise(Math.Abs(place.Longitude) <= 180 && Math.Abs(place.Latitude) <= 90, "a place is on the earth", text);
        return string.Join(' ', places.Select(place => place is { } found ? FormattableString.Invariant($"{found.Crs.Epsg}") : "none"));
    });

    public static FuzzTarget Systems => new("reference-systems",
        FuzzTargets.Utf8(
            "PROJCS[\"CGCS2000_3_Degree_GK_CM_117E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",117.0],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]",
            "+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs", "EPSG:4547", "urn:ogc:def:crs:EPSG::4490", "厦门92"),
        FuzzTargets.Utf8("GEOGCS[", "]", "[[[[", "\"", "+proj=", "+towgs84=", "PARAMETER[", "1e999", "NaN", "AUTHORITY[\"EPSG\",\"99999999999\"]", ",", "BOUNDCRS["), input =>
    {
        var parse = CrsCatalog.Parse(FuzzTargets.Text(input));
        FuzzTargets.Promise(parse.Crs is null != parse.Reason is null, "a system or a reason", FuzzTargets.Text(input));
        return parse.Crs is { } crs ? $"{crs.Datum} {crs.Epsg} {parse.Notes.Count}" : parse.Reason!.En.Split('\'')[0];
    });
}
