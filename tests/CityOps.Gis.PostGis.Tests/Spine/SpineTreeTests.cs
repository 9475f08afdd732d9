using CityOps.Gis.Features;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.PostGis.Spine;

public sealed class SpineTreeTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task The_tree_shows_the_areas_of_today_and_a_change_a_second_later()
    {
        await database.Run(SmallCity.Sql);
        await database.Run("""
            insert into gis.unit_grids (code, status, end_date, geom) values
                ('350203001001005', '作废', null, ST_MakeEnvelope(118, 24.4, 118.001, 24.401, 4490)), ('350203001001006', null, current_date, ST_MakeEnvelope(118, 24.4, 118.001, 24.401, 4490));
            """);
        var clock = new StoppedClock();
        var tree = new SpineTree(database.Source, clock);
        Assert.Equal(["思明区", "湖里区"], await Titles(tree, null));
        Assert.Equal(["350203001001001", "350203001001002", "350203001001003", "350203001001004"], await Titles(tree, "350203001001"));
        Assert.Equal(["思明区", "厦港街道", "沙坡尾社区", "350203001001002"], (await tree.PathTo("350203001001002")).Select(one => one.Title));
        Assert.Equal([(0, "1"), (1, "11")], (await tree.Departments()).Select(one => (one.Depth, one.Code)));

        await database.Run("update gis.districts set name = '思明新区' where code = '350203'");
        Assert.Equal(["思明区", "湖里区"], await Titles(tree, null));
        clock.Go(TimeSpan.FromSeconds(1));
        Assert.Equal(["思明新区", "湖里区"], await Titles(tree, null));

        // Names are today's; of a code that is not valid today the last one that it had.
        await database.Run("update gis.unit_grids set name = '旧格' where code = '350203001001005'");
        var names = await new JurisdictionNames(database.Source, tree).Of(new Jurisdiction("350203001001005", "350203001001", "350203001", "350203", "11"));
        Assert.Equal(new("思明新区", "厦港街道", "沙坡尾社区", "旧格", "市政设施中心"), names);
    }

    [Fact]
    public async Task An_area_has_the_box_of_its_outline_to_the_metre()
    {
        await database.Run("insert into gis.districts (code, name, geom) values ('350211', '集美区', ST_MakeEnvelope(118.05, 24.56, 118.15, 24.66, 4490))");
        var box = (await new SpineTree(database.Source).PathTo("350211")).Single().Box!;
        Assert.Equal([118.05, 24.56, 118.15, 24.66], [box.MinX, box.MinY, box.MaxX, box.MaxY], new Near(1e-5));
        await database.Run("delete from gis.districts where code = '350211'");
    }

    static async Task<IEnumerable<string>> Titles(SpineTree tree, string? code) => (await tree.Below(code)).Select(one => one.Title);

    sealed class StoppedClock : TimeProvider
    {
        TimeSpan _gone;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _gone.Ticks;

        public void Go(TimeSpan time) => _gone += time;
    }

    sealed class Near(double most) : IEqualityComparer<double>
    {
        public bool Equals(double one, double other) => Math.Abs(one - other) <= most;

        public int GetHashCode(double value) => 0;
    }
}
