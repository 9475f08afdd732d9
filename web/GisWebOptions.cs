using CityOps.Gis.Exports;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Serving;
using CityOps.Gis.Web.Access;
using CityOps.Gis.Web.Api.BaseMaps;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Devices;
using CityOps.Gis.Web.Imports;
using CityOps.Gis.Web.Patrols;
using CityOps.Gis.Web.Retention;
using CityOps.Gis.Web.Safety;

namespace CityOps.Gis.Web;

/// <summary>What the host needs to know.</summary>
public sealed record GisWebOptions
{
    public required string ConnectionString { get; init; }

    /// <summary>Folders with layer definitions; a later one adds to an earlier one.</summary>
    public required string[] LayerFolders { get; init; }

    /// <summary>Addresses to listen on, separated by <c>;</c>; port 0 takes a free one.</summary>
    public string Urls { get; init; } = "http://localhost:8080";

    /// <summary>How layers are held in memory; null = PostGIS makes all tiles.</summary>
    public TileEngineOptions? Engine { get; init; }
    public TileServingOptions Serving { get; init; } = new();
    public OgcOptions Ogc { get; init; } = OgcOptions.FromEnvironment();
    public ExportOptions Exports { get; init; } = new();
    public BaseMapOptions BaseMaps { get; init; } = new();

    /// <summary>EPSG code of the projected system in which the map shows coordinates; null = the 3° zone of CGCS2000 that the city lies in.</summary>
    public int? ProjectedCrs { get; init; }
    public ImportOptions Imports { get; init; } = new();
    public SafetyOptions Safety { get; init; } = new();
    public AccessOptions Access { get; init; } = new();
    public DeviceOptions Devices { get; init; } = new();
    public StreamOptions Streams { get; init; } = StreamOptions.FromEnvironment();
    public PatrolOptions Patrols { get; init; } = new();
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Zone in which times are shown (IANA).</summary>
    public string TimeZone { get; init; } = "Asia/Shanghai";
}
