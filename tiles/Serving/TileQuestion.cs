using System.IO.Hashing;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Tiles.Snapshots.Predicates;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// What is asked of tiles: layers in drawing order, the one question put to each of them, and who must answer. Equal texts and scopes are equal questions.
/// </summary>
public sealed class TileQuestion : IEquatable<TileQuestion>
{
    /// <param name="queries">The same question of each layer; a filter is read anew for each, because fields differ.</param>
    /// <param name="forced">The executor that must answer; null = memory where it holds the layer, else PostGIS.</param>
    public TileQuestion(IReadOnlyList<LiveLayer> layers, IReadOnlyList<FeatureQuery> queries, TileExecutor? forced = null)
    {
        (Layers, Queries, Forced) = (layers, queries, forced);
        Refusals = [.. layers.Zip(queries, (layer, query) => SnapshotAnswers.Refusal(layer.Definition, query))];
        LayerText = string.Join(',', layers.Select(layer => layer.Definition.Id));
        Parameters = FeatureQueryText.Format(queries[0]);
        Scope = queries.Select(query => query.Scope).FirstOrDefault(scope => scope is not null);
        Hash = XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes(Scope is null ? Text : $"{Text} in {Scope}"));
    }

    /// <summary>The question of one layer.</summary>
    public TileQuestion(LiveLayer layer, FeatureQuery query, TileExecutor? forced = null)
        : this([layer], [query], forced)
    {
    }

    public IReadOnlyList<LiveLayer> Layers { get; }

    /// <summary>The question of each layer.</summary>
    public IReadOnlyList<FeatureQuery> Queries { get; }

    /// <summary>What the caller may see, the same of every layer that is not public; null = everything.</summary>
    public JurisdictionScope? Scope { get; }

    /// <summary>Of each layer, why memory cannot answer its question; null = it can.</summary>
    public IReadOnlyList<LocalText?> Refusals { get; }
    public TileExecutor? Forced { get; }
    public string LayerText { get; }

    /// <summary>The question in a fixed order and spelling; empty where nothing is restricted.</summary>
    public string Parameters { get; }
    public string Text => Parameters.Length == 0 ? LayerText : $"{LayerText}?{Parameters}";

    /// <summary>Of layers, question and scope; stands in the ETag.</summary>
    public uint Hash { get; }

    public bool Equals(TileQuestion? other)
        => ReferenceEquals(this, other) || (other is not null && Hash == other.Hash && LayerText == other.LayerText && Parameters == other.Parameters && Equals(Scope, other.Scope));

    public override bool Equals(object? obj) => Equals(obj as TileQuestion);

    public override int GetHashCode() => (int)Hash;
}
