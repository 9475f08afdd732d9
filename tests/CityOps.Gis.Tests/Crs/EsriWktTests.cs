using CityOps.Gis.Crs;
using Xunit;

namespace CityOps.Gis.Tests.Crs;

public sealed class EsriWktTests
{
    [Theory]
    [InlineData(4490)]
    [InlineData(4326)]
    [InlineData(3857)]
    [InlineData(4548)]
    [InlineData(4527)]
    [InlineData(4491)]
    [InlineData(4502)]
    public void A_prj_is_read_back_as_the_system_it_was_written_for(int epsg) => Assert.Equal(epsg, CrsCatalog.Parse(EsriWkt.Of(CrsCatalog.Find(epsg)!)).Crs?.Epsg);

    [Fact]
    public void The_text_of_EPSG_4548_is_the_one_that_Esri_writes()
        => Assert.Equal(
            "PROJCS[\"CGCS2000_3_Degree_GK_CM_117E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],"
            + "PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",117.0],PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]",
            EsriWkt.Of(CrsCatalog.Find(4548)!));
}
