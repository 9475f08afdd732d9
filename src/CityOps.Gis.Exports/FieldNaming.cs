using System.Text;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Exports;

namespace CityOps.Gis.Exports;

/// <summary>
/// The names that an export gives to a layer's fields: its own, Chinese headings, or those of an edition of the standard. Every name is one that the importer knows,
/// so that an export can be imported again.
/// </summary>
public static class FieldNaming
{
    /// <summary>The field names of the layer definition, and Chinese headings; what else there is are the editions that the definition names.</summary>
    public const string Own = "own", Chinese = "zh";

    /// <summary>Bytes that a field name may have in a .dbf.</summary>
    public const int DbfLength = 10;

    /// <summary>The namings a layer has.</summary>
    public static IReadOnlyList<string> Of(LayerDefinition layer)
        => [Own, Chinese, .. layer.Fields.SelectMany(field => field.Names.Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>
    /// The columns of an export in the order of the definition. Under its own names a layer's jurisdiction follows; under other names come the fields that a standard asks
    /// for beside the stored ones, such as the code of the unit grid.
    /// </summary>
    /// <param name="cutBy">Encoding in which names must fit into a .dbf; null = names may be of any length.</param>
    public static IReadOnlyList<ExportColumn> Columns(LayerDefinition layer, string naming, Encoding? cutBy = null)
    {
        var taken = new HashSet<string>();
        var columns = new List<ExportColumn>();
        foreach (var field in layer.Fields.Where(field => field.Stored || naming != Own && field.ExportFrom is not null && HasSource(layer, field)))
            columns.Add(new(Choose(Candidates(field, naming), cutBy, taken), field.Type, field.Stored ? field.Name : field.ExportFrom!));
        if (naming == Own)
            foreach (var name in LayerTable.JurisdictionColumns)
                columns.Add(new(Choose([name], cutBy, taken), FieldType.Text, name));
        return columns;
    }

    static bool HasSource(LayerDefinition layer, LayerField field)
        => field.ExportFrom is not (ExportColumn.X or ExportColumn.Y) || layer.Geometry is GeometryKind.Point or GeometryKind.Any;

    // The wanted name first; where it is too long for a .dbf, any other name by which the importer knows the field.
    static IEnumerable<string> Candidates(LayerField field, string naming)
        => (naming switch { Own => field.Name, Chinese => field.Title.Zh, _ => field.Names.GetValueOrDefault(naming) } is { } wanted ? [wanted] : Array.Empty<string>())
            .Concat([field.Name, .. field.Aliases, field.Title.Zh]);

    static string Choose(IEnumerable<string> candidates, Encoding? cutBy, HashSet<string> taken)
    {
        var names = candidates.ToList();
        var chosen = cutBy is null ? names[0] : names.FirstOrDefault(name => cutBy.GetByteCount(name) <= DbfLength && !taken.Contains(Normal(name))) ?? Cut(names[0], cutBy, taken);
        taken.Add(Normal(chosen));
        return chosen;
    }

    static string Cut(string name, Encoding encoding, HashSet<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : $"_{number}";
            var cut = name;
            while (encoding.GetByteCount(cut) + suffix.Length > DbfLength)
                cut = cut[..^1];
            if (!taken.Contains(Normal(cut + suffix)))
                return cut + suffix;
        }
    }

    static string Normal(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
