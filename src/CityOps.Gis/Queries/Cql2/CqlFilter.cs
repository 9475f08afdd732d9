using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries.Cql2;

/// <summary>
/// A filter in CQL2 (OGC 21-065r2) that was checked against one layer: every property is there and every operator has operands it takes. Equal where the
/// canonical text is. Never changes.
/// </summary>
public sealed class CqlFilter : IEquatable<CqlFilter>
{
    readonly string _text;

    internal CqlFilter(CqlExpression root)
    {
        (Root, Normal) = (root, CqlNormalForm.Of(root));
        _text = CqlTextWriter.Write(root);
    }

    /// <summary>As it was written.</summary>
    public CqlExpression Root { get; }

    /// <summary>As executors take it (<see cref="CqlNormalForm"/>).</summary>
    public CqlExpression Normal { get; }

    /// <summary>Reads CQL2 text; a fault names the place.</summary>
    public static CqlResult ParseText(string text, LayerDefinition layer) => CqlChecker.Check(CqlTextReader.Read(text), text, layer);

    /// <summary>Reads CQL2 JSON; a fault names the place.</summary>
    public static CqlResult ParseJson(string json, LayerDefinition layer) => CqlChecker.Check(CqlJsonReader.Read(json), json, layer);

    /// <summary>As CQL2 text in one spelling; reads back to an equal filter.</summary>
    public string ToText() => _text;

    /// <summary>As CQL2 JSON in one spelling; reads back to an equal filter.</summary>
    public string ToJson() => CqlJsonWriter.Write(Root);

    public bool Equals(CqlFilter? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as CqlFilter);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;
}
