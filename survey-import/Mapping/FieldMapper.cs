using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;

namespace CityOps.Gis.SurveyImport.Mapping;

/// <summary>
/// Finds for every field of a layer the delivered column that holds it: by the profile, by a known name of any generation of the standard, or by such a name
/// cut to the ten bytes of a DBF.
/// </summary>
public static class FieldMapper
{
    public static LayerMapping Map(SourceLayer source, LayerDefinition layer, MappingProfile profile)
    {
        var taken = new bool[source.Columns.Count];
        var found = new Dictionary<string, (int Column, MappedBy By)>();
        ByProfile(source, layer, profile, taken, found);
        foreach (var field in layer.Fields)
            Find(source, layer, field, MappedBy.Name, taken, found);
        foreach (var field in layer.Fields)
            Find(source, layer, field, MappedBy.CutName, taken, found);
        var fields = layer.Fields.Select(field => new FieldMapping(
            field,
            found.TryGetValue(field.Name, out var one) ? one.Column : null,
            profile.Constants.GetValueOrDefault(field.Name),
            profile.Values.GetValueOrDefault(field.Name),
            found.TryGetValue(field.Name, out one) ? one.By : MappedBy.Nothing));
        return new(source, [.. fields], [.. source.Columns.Where((_, index) => !taken[index]).Select(column => column.Name)]);
    }

    static void ByProfile(SourceLayer source, LayerDefinition layer, MappingProfile profile, bool[] taken, Dictionary<string, (int, MappedBy)> found)
    {
        foreach (var (delivered, target) in profile.Fields)
        {
            var column = IndexOf(source, taken, one => FieldName.Normal(one) == FieldName.Normal(delivered));
            if (column < 0)
                continue;
            taken[column] = true;
            if (layer.Find(target) is { } field)
                found[field.Name] = (column, MappedBy.Profile);
        }
    }

    // Names are tried in the order of the definition, so that the newest standard's name wins where a file has two.
    static void Find(SourceLayer source, LayerDefinition layer, LayerField field, MappedBy by, bool[] taken, Dictionary<string, (int, MappedBy)> found)
    {
        if (found.ContainsKey(field.Name))
            return;
        foreach (var name in NamesOf(field))
        {
            var column = IndexOf(source, taken, delivered => by == MappedBy.Name
                ? FieldName.Normal(delivered) == FieldName.Normal(name)
                : FieldName.IsCutOf(delivered, name) && IsCutOfOne(layer, delivered));
            if (column < 0)
                continue;
            (taken[column], found[field.Name]) = (true, (column, by));
            return;
        }
    }

    // 主管部门代码 and 主管部门名称 are the same when cut in UTF-8: then a person must say which is meant.
    static bool IsCutOfOne(LayerDefinition layer, string delivered)
        => layer.Fields.Count(field => NamesOf(field).Any(name => FieldName.IsCutOf(delivered, name))) == 1;

    static IEnumerable<string> NamesOf(LayerField field) => field.Aliases.Append(field.Name).Append(field.Title.Zh).Append(field.Title.En);

    static int IndexOf(SourceLayer source, bool[] taken, Func<string, bool> isIt)
    {
        for (var index = 0; index < source.Columns.Count; index++)
            if (!taken[index] && isIt(source.Columns[index].Name))
                return index;
        return -1;
    }
}
