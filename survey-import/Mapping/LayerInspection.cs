using CityOps.Gis.Codes;
using CityOps.Gis.Crs;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>What one layer of a delivery is, with evidence, and what must be asked before it can be imported.</summary>
public sealed record LayerInspection
{
    public required SourceLayer Source { get; init; }
    public required LayerMapping Mapping { get; init; }

    /// <summary>Null for layers without geometry.</summary>
    public CrsFinding? Crs { get; init; }

    /// <summary>Shift of a web map against features that are there already.</summary>
    public OffsetFinding? Offset { get; init; }
    public CodeLayout CodeLayout { get; init; }

    /// <summary>Edition of the class table.</summary>
    public string ClassTable { get; init; } = "";

    /// <summary>One sentence for everything that was found out, and how.</summary>
    public IReadOnlyList<LocalText> Evidence { get; init; } = [];

    /// <summary>What a person must decide first.</summary>
    public IReadOnlyList<DeliveryQuestion> Questions { get; init; } = [];
}
