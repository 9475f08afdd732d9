namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The city of <see cref="Coast"/> with 240 cases: three of four in the morning (8:30) in the west, the others in the evening (20:30) in the east; January to April 2026, and half as many a year before.</summary>
public sealed class BusyCoast() : HostedMap(Coast.Sql + """
    insert into gis.cases (case_number, title, class_code, status, occurred_at, department, geom)
    select 'B' || to_char(n, 'FM000'), '案件' || n, (array['0101', '0102', '0203'])[1 + n % 3], 'file',
        case when n % 3 = 0 then timestamptz '2025-01-10 00:00+08' else timestamptz '2026-01-10 00:00+08' end + (n % 4) * interval '1 month' + case when n % 4 = 3 then interval '20:30' else interval '8:30' end, '11',
        ST_SetSRID(case when n % 4 = 3 then ST_MakePoint(118.100 + (n % 10) * 0.0006, 24.455 + (n % 7) * 0.0007) else ST_MakePoint(118.070 + (n % 10) * 0.0006, 24.455 + (n % 7) * 0.0007) end, 4490)
    from generate_series(1, 240) n;
    """);
