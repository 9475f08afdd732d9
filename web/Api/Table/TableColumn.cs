using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Collections;
using CityOps.Gis.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Api.Table;

/// <summary>A column of the table of features.</summary>
/// <param name="Name">Of the stored field, or of the column that the database stamps.</param>
/// <param name="Title">For people, in the language of the page.</param>
public sealed record TableColumn(string Name, string Title, bool IsNumber, bool CanSort)
{
    const int UsualCount = 7;
    static readonly string[] Jurisdiction = ["district_code", "subdistrict_code", "community_code", "grid_code", "department_code"];

    /// <summary>All columns of a layer: its key and name first, then its other fields, then where a feature belongs and since when it is as it is.</summary>
    public static IReadOnlyList<TableColumn> Of(LayerDefinition layer, IStringLocalizer<UiText> texts)
    {
        var first = new[] { layer.Key, layer.Name, "class_code", "status", "occurred_at" };
        var fields = layer.StoredFields.OrderBy(field => Array.IndexOf(first, field.Name) is >= 0 and var at ? at : first.Length)
            .Select(field => new TableColumn(field.Name, field.Title.In(UiLanguage.Current), field.Type is FieldType.Integer or FieldType.Real, RowOrder.Knows(layer, field.Name)));
        // The layers of the spine have their own codes and names as fields.
        var own = layer.StoredFields.Select(field => field.Name).ToHashSet();
        var stamped = (LayerTable.IsSpine(layer) ? [] : Jurisdiction).Where(name => !own.Contains(name)).Select(name => new TableColumn(name, TitleOf(name, texts), false, true));
        return [.. fields, .. stamped, new("valid_from", texts["ValidFromHead"], false, true)];
    }

    /// <summary>The columns that are shown before anyone chooses.</summary>
    public static IReadOnlyList<string> Usual(LayerDefinition layer, IReadOnlyList<TableColumn> columns)
        => [.. columns.Select(column => column.Name).Where(name => layer.Find(name) is not { InTile: false } || name == layer.Key).Where(name => name is not ("valid_from" or "district_code" or "subdistrict_code")).Take(UsualCount)];

    static string TitleOf(string column, IStringLocalizer<UiText> texts) => column switch
    {
        "district_code" => texts["District"],
        "subdistrict_code" => texts["Subdistrict"],
        "community_code" => texts["Community"],
        "grid_code" => texts["Grid"],
        _ => texts["ResponsibleDepartment"],
    };
}
