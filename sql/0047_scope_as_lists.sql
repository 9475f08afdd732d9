-- The scope a connection was told (CallerDatabase), as lists: the codes of districts, subdistricts, communities, grids and departments, with U+001F between two codes and
-- U+001D between two levels. As JSON it took 1 ms to read for each level in each partition of each statement of a caller with 5,462 grids: 25 ms a tile. What was told in
-- another form is a scope of nothing.
-- In plpgsql, both: PostgreSQL would put the text of a function in SQL into the policy of each partition, which trebles the time it takes to plan.
create or replace function cityops.caller_codes(level text) returns text[] language plpgsql stable as $$
begin
    return coalesce(string_to_array(split_part(current_setting('cityops.scope', true), e'\x1d',
        array_position(array['districts', 'subdistricts', 'communities', 'grids', 'departments'], level)), e'\x1f'), '{}');
end
$$;

create or replace function cityops.caller_departments() returns text[] language plpgsql stable as $$
begin
    return coalesce(cityops.departments_below(cityops.caller_codes('departments')), '{}');
end
$$;
