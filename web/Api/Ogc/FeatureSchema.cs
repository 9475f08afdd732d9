using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Web.Api.Ogc;

/// <summary>
/// JSON Schemas of a layer: what a filter may name (OGC 19-079r2, 6), what a feature holds (OGC 23-058r1), what a new one must hold. Codes of closed, short lists
/// are enumerated.
/// </summary>
static class FeatureSchema
{
    const int MostEnumerated = 200;

    /// <param name="address">The document's own address, without parameters.</param>
    public static JsonObject OfQueryables(LayerDefinition layer, LayerCatalog catalog, string address)
    {
        var properties = new JsonObject();
        foreach (var one in Queryables.Of(layer))
            properties[one.Name] = one.Type is { } type ? Property(type, one.Title, one.CodeList, catalog) : Geometry(layer, one.Title);
        return Document(layer, address, properties);
    }

    /// <summary>The properties as they go out.</summary>
    public static JsonObject OfFeature(LayerDefinition layer, LayerCatalog catalog, string address)
    {
        var properties = new JsonObject { ["fid"] = With(Property(FieldType.Integer, new("要素编号", "Feature number"), null, catalog), ("x-ogc-role", "id"), ("readOnly", true)) };
        if (layer.Geometry != GeometryKind.None)
            properties["geom"] = With(Geometry(layer, new("位置", "Geometry")), ("x-ogc-role", "primary-geometry"));
        var own = layer.StoredFields.Select(field => field.Name).ToHashSet();
        foreach (var column in FeatureColumn.Of(layer))
        {
            var (title, list) = layer.Find(column.Name) is { } field ? (field.Title, field.CodeList) : (Queryables.Of(layer).First(one => one.Name == column.Name).Title, null);
            properties[column.Name] = Property(column.Type, title, list, catalog);
            if (!own.Contains(column.Name))
                properties[column.Name]!["readOnly"] = true;
            if (column.Name == "occurred_at")
                properties[column.Name]!["x-ogc-role"] = "primary-instant";
        }
        var document = Document(layer, address, properties);
        document["required"] = new JsonArray([.. layer.StoredFields.Where(field => field.Required).Select(field => JsonValue.Create(field.Name))]);
        return document;
    }

    /// <summary>The schema of one value.</summary>
    public static JsonObject Property(FieldType type, LocalText title, string? codeList, LayerCatalog catalog)
    {
        var schema = type switch
        {
            FieldType.Integer => new JsonObject { ["type"] = "integer" },
            FieldType.Real => new() { ["type"] = "number" },
            FieldType.Boolean => new() { ["type"] = "boolean" },
            FieldType.Date => new() { ["type"] = "string", ["format"] = "date" },
            FieldType.DateTime => new() { ["type"] = "string", ["format"] = "date-time" },
            FieldType.List => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            _ => new() { ["type"] = "string" },
        };
        schema["title"] = title.In(UiLanguage.Current);
        if (type == FieldType.Text && codeList is not null && catalog.Lists.Find(codeList) is { } list)
            Describe(schema, list);
        return schema;
    }

    static void Describe(JsonObject schema, CodeList list)
    {
        var codes = list.Entries.DistinctBy(entry => entry.Code).ToList();
        schema["x-ogc-codelist"] = list.Id;
        if (codes.Count <= MostEnumerated)
            schema["description"] = string.Join(new LocalText("；", "; ").In(UiLanguage.Current), codes.Where(entry => entry.Name.In(UiLanguage.Current) != entry.Code).Select(entry => $"{entry.Code} = {entry.Name.In(UiLanguage.Current)}"));
    }

    static JsonObject Geometry(LayerDefinition layer, LocalText title) => new()
    {
        ["title"] = title.In(UiLanguage.Current),
        ["format"] = layer.Geometry switch
        {
            GeometryKind.Point => "geometry-point",
            GeometryKind.Line => "geometry-linestring-or-multilinestring",
            GeometryKind.Polygon => "geometry-polygon-or-multipolygon",
            _ => "geometry-any",
        },
    };

    static JsonObject With(JsonObject schema, params (string Name, JsonNode Value)[] members)
    {
        foreach (var (name, value) in members)
            schema[name] = value;
        return schema;
    }

    static JsonObject Document(LayerDefinition layer, string address, JsonObject properties) => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["$id"] = address,
        ["title"] = layer.Title.In(UiLanguage.Current),
        ["type"] = "object",
        ["properties"] = properties,
        ["additionalProperties"] = false,
    };
}
