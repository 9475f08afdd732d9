using System.IO.Hashing;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>What is asked of tiles: layers in drawing order, the one question put to each of them, and who must answer. Equal texts are equal questions.</summary>
public sealed class TileQuestion : IEquatable<TileQuestion>
{
    /// <param name="forced">The executor that must answer; null = memory where it holds the layer, else PostGIS.</param>
    public TileQuestion(IReadOnlyList<LiveLayer> layers, FeatureQuery query, TileExecutor? forced = null)
    {
        (Layers, Forced) = (layers, forced);
        Queries = [.. layers.Select(layer => query with { LayerId = layer.Definition.Id })];
        LayerText = string.Join(',', layers.Select(layer => layer.Definition.Id));
        Parameters = FeatureQueryText.Format(query);
        Hash = XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes(Text));
    }

    public IReadOnlyList<LiveLayer> Layers { get; }

    /// <summary>The question of each layer.</summary>
    public IReadOnlyList<FeatureQuery> Queries { get; }
    public TileExecutor? Forced { get; }
    public string LayerText { get; }

    /// <summary>The question in a fixed order and spelling; empty where nothing is restricted.</summary>
    public string Parameters { get; }
    public string Text => Parameters.Length == 0 ? LayerText : $"{LayerText}?{Parameters}";

    /// <summary>Of layers and question; stands in the ETag.</summary>
    public uint Hash { get; }

    public bool Equals(TileQuestion? other)
        => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && LayerText == other.LayerText && Parameters == other.Parameters);

    public override bool Equals(object? obj) => Equals(obj as TileQuestion);

    public override int GetHashCode() => (int)Hash;
}
