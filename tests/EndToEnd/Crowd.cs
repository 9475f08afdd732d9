namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The city of <see cref="Coast"/> with 40,000 street lamps in its west half, more than a tile of the whole city can show one by one, and 3,000 on one square among them.</summary>
static class Crowd
{
    public const int Lamps = 43_000;

    public const string Sql = Coast.Sql + """
        set cityops.bulk = 'on';
        insert into gis.components (code, name, class_code, class_table, status, district_code, geom)
        select '3502030113' || to_char(n, 'FM000000'), '路灯', '0113', 'cjt214-2007', '完好', '350203',
               ST_SetSRID(ST_MakePoint(118.066 + (n % 200) * 0.00011 + (n % 7) * 0.00001, 24.446 + (n / 200) * 0.00015), 4490)
        from generate_series(1, 40000) n
        union all
        select '3502030113' || to_char(40000 + n, 'FM000000'), '路灯', '0113', 'cjt214-2007', '完好', '350203',
               ST_SetSRID(ST_MakePoint(118.07703 + (n % 60) * 0.000004, 24.46102 + (n / 60) * 0.000004), 4490)
        from generate_series(1, 3000) n;
        reset cityops.bulk;
        select cityops.touch_layer('components');
        """;
}
