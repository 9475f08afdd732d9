using System.Runtime.CompilerServices;
using CityOps.Gis.Layers;

namespace CityOps.Gis.Queries;

/// <summary>What a filter may name of a layer (OGC API Features part 3, clause 6): the columns every layer has, and its stored fields.</summary>
public static class Queryables
{
    static readonly Queryable Geometry = new("geom", null, new("位置", "Geometry"));
    static readonly Queryable[] Jurisdiction =
    [
        new("grid_code", FieldType.Text, new("单元网格代码", "Unit grid code")),
        new("community_code", FieldType.Text, new("社区代码", "Community code")),
        new("subdistrict_code", FieldType.Text, new("街道代码", "Subdistrict code")),
        new("district_code", FieldType.Text, new("区代码", "District code")),
        new("department_code", FieldType.Text, new("主管部门代码", "Responsible department code")),
    ];
    static readonly Queryable[] Roles =
    [
        new("class_code", FieldType.Text, new("小类代码", "Class code")),
        new("status", FieldType.Text, new("状态", "Status")),
        new("occurred_at", FieldType.DateTime, new("发生时间", "Time")),
    ];

    static readonly ConditionalWeakTable<LayerDefinition, Queryable[]> Known = [];

    /// <summary>In the order of the table's columns.</summary>
    public static IReadOnlyList<Queryable> Of(LayerDefinition layer) => Known.GetValue(layer, static one =>
    [
        new("fid", FieldType.Integer, new("要素编号", "Feature number")),
        .. one.Geometry == GeometryKind.None ? (Queryable[])[] : [Geometry],
        .. Jurisdiction,
        .. Roles.Select(role => one.StoredFields.FirstOrDefault(field => field.Name == role.Name) is { } field ? OfField(field) : role),
        .. one.StoredFields.Where(field => !Roles.Any(role => role.Name == field.Name)).Select(OfField),
        new("valid_from", FieldType.DateTime, new("生效时间", "Valid from")),
    ]);

    public static Queryable? Find(LayerDefinition layer, string name) => Of(layer).FirstOrDefault(one => one.Name == name);

    static Queryable OfField(LayerField field) => new(field.Name, field.Type, field.Title, field.CodeList);
}
