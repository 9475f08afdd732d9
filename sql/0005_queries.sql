-- A department and all that stand below it.
create function cityops.departments_below(codes text[]) returns text[] language plpgsql stable as $$
begin
    return (
        with recursive below as (
            select unnest(codes) as code
            union
            select one.code from gis.departments one join below on one.parent_code = below.code
        )
        select array_agg(code) from below
    );
end
$$;

-- Web Mercator (EPSG:3857) as a unit square: u eastwards from 180° W, v southwards from 85.0511° N; the arithmetic is that of CityOps.Gis.Tiling.WebMercator.
create function cityops.mercator_u(longitude double precision) returns double precision language sql immutable strict parallel safe as $$
    select longitude / 360 + 0.5
$$;

create function cityops.mercator_v(latitude double precision) returns double precision language sql immutable strict parallel safe as $$
    select 0.5 - ln(tan(pi() / 4 + latitude * pi() / 360)) / (2 * pi())
$$;

-- The spot at which a feature is counted: of a point the point, of anything else the middle of its box.
create function cityops.spot_x(place geometry) returns double precision language sql immutable strict parallel safe as $$
    select (ST_XMin(place) + ST_XMax(place)) / 2
$$;

create function cityops.spot_y(place geometry) returns double precision language sql immutable strict parallel safe as $$
    select (ST_YMin(place) + ST_YMax(place)) / 2
$$;

-- A point in the units of a tile, or null outside it.
create function cityops.tile_point(x bigint, y bigint) returns geometry language sql immutable parallel safe as $$
    select case when x between 0 and 4095 and y between 0 and 4095 then ST_MakePoint(x, y) end
$$;
