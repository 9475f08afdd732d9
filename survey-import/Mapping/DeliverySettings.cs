using CityOps.Gis.Codes;
using CityOps.Gis.PostGis.Batches;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>What a person decides about a delivery; null = find out. Limits come from contracts, so they are settings.</summary>
public sealed record DeliverySettings
{
    public required string LayerId { get; init; }

    /// <summary>Edition of the class table, such as <c>gbt47678.5-2026</c>.</summary>
    public string? ClassTable { get; init; }
    public CodeLayout? CodeLayout { get; init; }
    public CodeRule CodeRule { get; init; } = CodeRule.Standard;

    /// <summary>Reference system of every layer, as <c>EPSG:4548</c> or WKT, overruling what the files say.</summary>
    public string? Crs { get; init; }

    /// <summary>Parameters to CGCS2000: <c>plane:dx,dy,seconds,ppm@EPSG:4548</c> (four) or <c>space:dx,dy,dz,rx,ry,rz,ppm</c> (seven).</summary>
    public string? DatumShift { get; init; }

    /// <summary>Delivered coordinates are those of a web map (<c>gcj02</c> or <c>bd09</c>) and are brought back.</summary>
    public string? WebMapOffset { get; init; }
    public string? Encoding { get; init; }
    public MappingProfile Mapping { get; init; } = new();
    public CensusScope Scope { get; init; } = CensusScope.Census;

    /// <summary>Share of refused rows above which a batch waits for a person.</summary>
    public double MostRefused { get; init; } = 0.2;

    /// <summary>Share of the layer's features in the scope above which removals wait for a person.</summary>
    public double MostRemoved { get; init; } = 0.2;

    /// <summary>Issues of one code and layer that are kept singly; all are counted, and every refused row is kept.</summary>
    public int MostKept { get; init; } = 2_000;

    /// <summary>The day against which dates are checked.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Batch whose quarantined rows this delivery mends.</summary>
    public long? Mends { get; init; }
}
