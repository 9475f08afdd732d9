-- What questions need beside PostgreSQL's own operators. Nothing here raises an error for a value: what cannot be worked out is null, as it is in the executor in memory.

-- Texts without case. PostgreSQL's lower() depends on the server's locale and version; this is the table of CityOps.Gis.Queries.CaseFolding.
create function cityops.fold_case(value text) returns text language sql immutable strict parallel safe as $$
    select translate(lower(value collate "C"),
        'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΪΫЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ',
        'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþαβγδεζηθικλμνξοπρστυφχψωϊϋѐёђѓєѕіїјљњћќѝўџабвгдежзийклмнопрстуфхцчшщъыьэюяａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ')
$$;

-- The first and the last microsecond of a day in Beijing; beyond the calendar of .NET a day lies for ever away.
create function cityops.day_start(day date) returns timestamptz language sql immutable strict parallel safe as $$
    select case when day <= '0001-01-02' then '-infinity' when day > '9999-12-30' then 'infinity' else (day - interval '8 hours') at time zone 'UTC' end
$$;

create function cityops.day_end(day date) returns timestamptz language sql immutable strict parallel safe as $$
    select case when day <= '0001-01-02' then '-infinity' when day > '9999-12-30' then 'infinity' else (day + interval '15 hours 59 minutes 59.999999 seconds') at time zone 'UTC' end
$$;

-- Arithmetic of CQL2 on numbers of eight bytes; null where an operand is not finite or the result would be too large or too small (CityOps.Gis.Queries.Cql2.CqlArithmetic).
create function cityops.cql_fits(value float8) returns boolean language sql immutable strict parallel safe as $$
    select value = 0 or abs(value) between 1e-150 and 1e150
$$;

create function cityops.cql_plus(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select case when abs(a) <= 8e307 and abs(b) <= 8e307 then a + b end
$$;

create function cityops.cql_minus(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select case when abs(a) <= 8e307 and abs(b) <= 8e307 then a - b end
$$;

create function cityops.cql_times(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select case when cityops.cql_fits(a) and cityops.cql_fits(b) then a * b end
$$;

create function cityops.cql_over(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select case when cityops.cql_fits(a) and cityops.cql_fits(b) then case when b <> 0 then a / b end end
$$;

create function cityops.cql_div(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select trunc(cityops.cql_over(a, b))
$$;

create function cityops.cql_modulo(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select case when cityops.cql_fits(a) and cityops.cql_fits(b) then case when b <> 0 then a - b * trunc(a / b) end end
$$;

create function cityops.cql_power(a float8, b float8) returns float8 language sql immutable strict parallel safe as $$
    select case
        when a = 0 then case when b > 0 and abs(b) <= 1e150 then 0::float8 when b = 0 then 1::float8 end
        when not (cityops.cql_fits(a) and cityops.cql_fits(b)) then null
        when a < 0 and b <> trunc(b) then null
        when abs(b * ln(abs(a))) < 690 then power(a, b)
    end
$$;

-- A collection of geometries of several kinds has no place in relations such as "touches", to which PostGIS would answer with an error.
create function cityops.simple_place(place geometry) returns geometry language sql immutable strict parallel safe as $$
    select case when ST_GeometryType(place) <> 'ST_GeometryCollection' then place end
$$;
