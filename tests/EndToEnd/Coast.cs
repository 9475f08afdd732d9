namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>
/// A city of two districts on a coast for the browser tests, about 6 × 4 km at 118.06–118.12 E, 24.44–24.48 N: four subdistricts, twelve communities, unit grids
/// of about 100 m in one of them, streets, 600 components of four majors, cameras and cases. No two things share a place.
/// </summary>
static class Coast
{
    /// <summary>A manhole cover alone in the middle of its surroundings (degrees).</summary>
    public const double LonelyLongitude = 118.0755, LonelyLatitude = 24.4655;
    public const string LonelyCode = "3502030102000777";

    public const string Sql = """
        insert into gis.districts (code, name, geom) values
            ('350203', '思明区', ST_GeomFromText('POLYGON((118.060 24.446,118.066 24.441,118.075 24.440,118.090 24.442,118.090 24.480,118.072 24.480,118.063 24.474,118.058 24.462,118.060 24.446))', 4490)),
            ('350206', '湖里区', ST_GeomFromText('POLYGON((118.090 24.442,118.108 24.440,118.119 24.447,118.122 24.459,118.118 24.473,118.108 24.480,118.090 24.480,118.090 24.442))', 4490));
        insert into gis.subdistricts (code, name, parent_code, geom)
        select s.code, s.name, d.code, ST_Intersection(d.geom, s.box)
        from (values ('350203001', '厦港街道', ST_MakeEnvelope(118.05, 24.43, 118.09, 24.46, 4490)), ('350203002', '中华街道', ST_MakeEnvelope(118.05, 24.46, 118.09, 24.49, 4490)),
                     ('350206001', '湖里街道', ST_MakeEnvelope(118.09, 24.43, 118.13, 24.46, 4490)), ('350206002', '殿前街道', ST_MakeEnvelope(118.09, 24.46, 118.13, 24.49, 4490))) s(code, name, box)
        join gis.districts d on d.code = left(s.code, 6);
        insert into gis.communities (code, name, parent_code, geom)
        select s.code || to_char(part, 'FM000'), (array['沙坡尾社区', '巡司顶社区', '蜂巢山社区'])[part], s.code,
               ST_Intersection(s.geom, ST_MakeEnvelope(ST_XMin(s.geom) + (part - 1) * w, 24.4, ST_XMin(s.geom) + part * w, 24.5, 4490))
        from (select *, (ST_XMax(geom) - ST_XMin(geom)) / 3 as w from gis.subdistricts) s, generate_series(1, 3) part;
        insert into gis.unit_grids (code, name, parent_code, begin_date, geom)
        select c.code || to_char(row_number() over (order by row desc, col), 'FM000'), '第' || row_number() over (order by row desc, col) || '网格', c.code, '2020-01-01', ST_Intersection(c.geom, cell)
        from gis.communities c, generate_series(0, 13) col, generate_series(0, 20) row,
             lateral (select ST_MakeEnvelope(ST_XMin(c.geom) + col * 0.001, ST_YMin(c.geom) + row * 0.001, ST_XMin(c.geom) + (col + 1) * 0.001, ST_YMin(c.geom) + (row + 1) * 0.001, 4490) as cell) one
        where c.code = '350203002002' and ST_Dimension(ST_Intersection(c.geom, cell)) = 2;
        insert into gis.roads (code, name, road_class, geom)
        select 'E' || n, (array['思明南路', '厦禾路', '湖滨南路', '体育路', '仙岳路', '海沧路', '环岛路', '成功大道'])[n], '主干路',
               ST_Intersection(ST_MakeLine(ST_SetSRID(ST_MakePoint(118.05, 24.4397 + n * 0.005), 4490), ST_SetSRID(ST_MakePoint(118.13, 24.4417 + n * 0.0046), 4490)), city.geom)
        from generate_series(1, 8) n, (select ST_Union(geom) geom from gis.districts) city;
        insert into gis.roads (code, name, road_class, geom)
        select 'N' || n, '支路' || n, '支路',
               ST_Intersection(ST_MakeLine(ST_SetSRID(ST_MakePoint(118.0587 + n * 0.006, 24.43), 4490), ST_SetSRID(ST_MakePoint(118.0567 + n * 0.0062, 24.49), 4490)), city.geom)
        from generate_series(0, 10) n, (select ST_Union(geom) geom from gis.districts) city;
        insert into gis.departments (code, name, parent_code) values ('1', '厦门市城市管理局', null), ('11', '市政设施维护中心', '1'), ('12', '市政园林局', '1');
        insert into cityops.responsibility values ('01', null, '11'), ('', null, '12');
        insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, owner_name, maintainer_name, status, first_date, change_date, data_source, geom)
        select left('350203' || class || to_char(n, 'FM000000'), 16), title, class, 'cjt214-2007', case when left(class, 2) = '01' then '11' else '12' end, '主管单位', '厦门市城市管理局', '厦门市政建设有限公司',
               '完好', '2019-06-01', '2024-03-15', '实测', ST_SetSRID(ST_MakePoint(118.0650 + (n % 25) * 0.002 + (n % 7) * 0.00011, 24.4450 + (n / 25) * 0.0014 + 0.0002 + (n % 5) * 0.00009), 4490)
        from generate_series(1, 600) n,
             lateral (select (array['0101', '0113', '0301', '0404'])[1 + n % 4] as class, (array['上水井盖', '路灯', '公共厕所', '行道树'])[1 + n % 4] as title) one
        where not ST_DWithin(ST_SetSRID(ST_MakePoint(118.0650 + (n % 25) * 0.002 + (n % 7) * 0.00011, 24.4450 + (n / 25) * 0.0014 + 0.0002 + (n % 5) * 0.00009), 4490), ST_SetSRID(ST_MakePoint(118.0755, 24.4655), 4490), 0.0006);
        insert into gis.components (code, name, class_code, class_table, supervisor_code, supervisor_name, owner_name, status, first_date, geom)
        values ('3502030102000777', '污水井盖', '0102', 'cjt214-2007', '11', '市政设施维护中心', '厦门市城市管理局', '完好', '2021-05-20', ST_SetSRID(ST_MakePoint(118.0755, 24.4655), 4490));
        insert into gis.cameras (camera_id, name, status, department, geom)
        select 'CAM' || n, '路口摄像头 ' || n, case when n % 9 = 0 then 'offline' else 'online' end, '1', ST_SetSRID(ST_MakePoint(118.067 + (n % 8) * 0.0061, 24.4463 + (n / 8) * 0.0061), 4490)
        from generate_series(1, 40) n;
        """;
}
