namespace CityOps.Gis.Layers;

/// <summary>Zooms at which a layer has tiles, and from which its labels are written.</summary>
/// <param name="Aggregate">False for layers that are drawn whole at every zoom (boundaries, roads).</param>
/// <param name="CountBy">Aggregated cells carry <c>count_&lt;major or status&gt;</c> beside <c>cell_count</c>.</param>
public sealed record LayerZooms(int Min = 6, int Max = 18, int LabelsFrom = 17, bool Aggregate = true, CountBy CountBy = CountBy.None);
