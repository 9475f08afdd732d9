namespace CityOps.Gis.PostGis.Views;

/// <summary>A page as somebody saved it.</summary>
/// <param name="Address">From the root on, with everything the page shows.</param>
/// <param name="IsShared">Everybody may open it.</param>
/// <param name="IsOwn">Of the person who asks, who alone may change it.</param>
public sealed record SavedView(long Id, string Name, string Address, bool IsShared, bool IsOwn);
