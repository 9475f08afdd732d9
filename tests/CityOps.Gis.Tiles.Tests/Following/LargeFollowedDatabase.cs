using CityOps.Gis.Testing;
using CityOps.Gis.Tests.Tiles.Snapshots;

namespace CityOps.Gis.Tests.Tiles.Following;

/// <summary><see cref="FollowedDatabase"/> with the components of <see cref="LargeLayer"/>.</summary>
public sealed class LargeFollowedDatabase() : FollowedDatabase(SmallCity.Sql + RandomLayer.Sql(LargeLayer.Count));
