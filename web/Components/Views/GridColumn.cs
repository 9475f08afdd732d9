using CityOps.Gis.Layers;

namespace CityOps.Gis.Web.Components.Views;

/// <summary>A column of the table of grids: a figure of a layer, or how many features it has.</summary>
/// <param name="At">Which of the layer's figures, from 0.</param>
/// <param name="IsEmpty">The layer holds nothing in the whole city, so there is no number to tell.</param>
public sealed record GridColumn(LayerDefinition Layer, LayerFigure? Figure, int At, bool IsEmpty)
{
    /// <summary>The columns of a layer.</summary>
    public static IEnumerable<GridColumn> Of(LayerDefinition layer, bool isEmpty)
        => layer.Figures.Count == 0 ? [new(layer, null, 0, isEmpty)] : layer.Figures.Select((figure, at) => new GridColumn(layer, figure, at, isEmpty));

    public string Title => (Figure?.Title ?? Layer.Title).In(UiLanguage.Current);

    /// <summary>Stable name: <c>components</c>, <c>cases.overdue</c>.</summary>
    public string Name => Figure is null ? Layer.Id : $"{Layer.Id}.{Figure.Id}";
}
