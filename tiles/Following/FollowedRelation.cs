using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiles.Snapshots;
using Npgsql.Replication.PgOutput.Messages;

namespace CityOps.Gis.Tiles.Following;

/// <summary>
/// A table as the replication stream describes it: which of its columns fill which fields of <see cref="SnapshotColumns"/>, found by name, so that columns may be
/// added, removed and reordered.
/// </summary>
sealed class FollowedRelation
{
    readonly string[] _names;
    readonly int[][] _fields;

    FollowedRelation(string table, LayerDefinition? layer, RelationMessage relation, IReadOnlyDictionary<uint, string> types)
    {
        (Table, Layer) = (table, layer);
        _names = [.. relation.Columns.Select(column => column.ColumnName)];
        var wanted = layer is null ? [] : SnapshotColumns.Of(layer);
        FieldCount = wanted.Count;
        _fields = [.. _names.Select(name => Enumerable.Range(0, wanted.Count).Where(at => wanted[at].Name == name).ToArray())];
        Fault = layer is null ? null : LayerColumns.Fault(layer, relation.Columns.ToDictionary(one => one.ColumnName, one => types.GetValueOrDefault(one.DataTypeId, "?")));
    }

    /// <summary>Schema and name.</summary>
    public string Table { get; }

    /// <summary>The layer whose features it holds.</summary>
    public LayerDefinition? Layer { get; }
    public int FieldCount { get; }

    /// <summary>What a snapshot needs and the table does not have.</summary>
    public LocalText? Fault { get; }
    public bool IsVersions => Table == FollowedTables.Versions;
    public bool IsDepartments => Table == FollowedTables.Departments;

    /// <param name="types">Names of types by their object ids.</param>
    public static FollowedRelation Of(RelationMessage relation, IReadOnlyDictionary<string, LayerDefinition> layers, IReadOnlyDictionary<uint, string> types)
        => new($"{relation.Namespace}.{relation.RelationName}", relation.Namespace == "gis" ? layers.GetValueOrDefault(relation.RelationName) : null, relation, types);

    public string NameOf(int column) => _names[column];

    /// <summary>The fields that a column fills: none, one, or two.</summary>
    public ReadOnlySpan<int> FieldsOf(int column) => _fields[column];
}
