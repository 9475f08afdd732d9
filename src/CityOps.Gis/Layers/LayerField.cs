using CityOps.Gis.Access;

namespace CityOps.Gis.Layers;

/// <summary>
/// A field of a layer. Fields named <c>class_code</c>, <c>status</c> and <c>occurred_at</c> fill the columns of that name that every query knows.
/// </summary>
public sealed record LayerField
{
    /// <summary>Column name: lower-case snake case.</summary>
    public required string Name { get; init; }
    public required LocalText Title { get; init; }
    public FieldType Type { get; init; } = FieldType.Text;

    /// <summary>Most characters the field may hold; null = no limit.</summary>
    public int? Width { get; init; }
    public bool Required { get; init; }

    /// <summary>Id of the code list the value must be in.</summary>
    public string? CodeList { get; init; }

    /// <summary>An open list warns of a value it does not know, a closed one refuses it.</summary>
    public bool OpenList { get; init; } = true;

    /// <summary>Id of the layer whose key the value is (of a list: its values are); people go from there to the features that refer to it.</summary>
    public string? References { get; init; }

    /// <summary>Names a delivery may use, compared without case, blanks and underscores: the standards' names of every generation, Chinese headings.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The field's name by edition of the standard (<c>gbt47678.5-2026</c> → <c>GLBJBSM</c>); each is also an alias.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>What an export fills a field with that is not stored: a jurisdiction column, <c>x</c> or <c>y</c>; null = it is not exported.</summary>
    public string? ExportFrom { get; init; }

    /// <summary>Named checks in C# (<c>identification-code</c>, <c>grid-code</c>, <c>department-code</c>, <c>point-x</c>, …).</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];

    /// <summary>False for a field that is only read and checked (a delivered grid code), never stored.</summary>
    public bool Stored { get; init; } = true;

    /// <summary>What a person must be allowed to do to see the field's values; null = everybody who sees the feature does. Such a field is in no tile, no label and no search.</summary>
    public Permission? SeenWith { get; init; }

    /// <summary>Sent to tiles.</summary>
    public bool InTile { get; init; }
    public bool Searchable { get; init; }

    /// <summary>False: the search box leaves a searchable field out, as its texts are too many or too much alike; questions (<c>q=</c>) look there all the same.</summary>
    public bool InSearchBox { get; init; } = true;

    /// <summary>Clause of the standard that the field comes from.</summary>
    public string? Clause { get; init; }
}
