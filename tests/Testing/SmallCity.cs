namespace CityOps.Gis.Testing;

/// <summary>
/// A city of two districts for tests: communities of 0.01° squares at longitude 118.00, latitude 24.40, each of 2 × 2 unit grids of 0.005°.
/// District 350203 holds community 350203001001 (west), district 350206 holds 350206001001 (east). Departments 1 → 11.
/// </summary>
public static class SmallCity
{
    public const double West = 118.00, South = 24.40, Side = 0.005;

    public const string Sql = """
        insert into gis.districts (code, name, geom) values
            ('350203', '思明区', ST_MakeEnvelope(117.99, 24.40, 118.01, 24.41, 4490)),
            ('350206', '湖里区', ST_MakeEnvelope(118.01, 24.40, 118.02, 24.41, 4490));
        insert into gis.subdistricts (code, name, parent_code, geom) values
            ('350203001', '厦港街道', '350203', ST_MakeEnvelope(118.00, 24.40, 118.01, 24.41, 4490)),
            ('350206001', '湖里街道', '350206', ST_MakeEnvelope(118.01, 24.40, 118.02, 24.41, 4490));
        insert into gis.communities (code, name, parent_code, geom) values
            ('350203001001', '沙坡尾社区', '350203001', ST_MakeEnvelope(118.00, 24.40, 118.01, 24.41, 4490)),
            ('350206001001', '东渡社区', '350206001', ST_MakeEnvelope(118.01, 24.40, 118.02, 24.41, 4490));
        insert into gis.unit_grids (code, name, parent_code, begin_date, geom)
        select community || to_char(row * 2 + col + 1, 'FM000'), null, community, '2020-01-01',
               ST_MakeEnvelope(west + col * 0.005, 24.405 - row * 0.005, west + (col + 1) * 0.005, 24.410 - row * 0.005, 4490)
        from (values ('350203001001', 118.00::float8), ('350206001001', 118.01::float8)) c(community, west), generate_series(0, 1) row, generate_series(0, 1) col;
        insert into gis.departments (code, name, parent_code) values ('1', '市城市管理局', null), ('11', '市政设施中心', '1');
        insert into cityops.responsibility values ('01', null, '1'), ('0102', '350206', '11');
        """;
}
