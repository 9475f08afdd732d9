-- The dictionary of the search box: every text of a searchable field once, however many features bear it, with the keys by whose beginnings it is found. Features are then
-- found by the index of their own field. So a census of a million lamps that are all called 路灯 adds one row here. Texts stay when their features are gone; a search that finds
-- no feature for a text passes it over.
create table cityops.search_text (
    id bigint generated always as identity primary key,
    layer_id text not null,
    field text not null,
    text text not null,
    folded text not null,
    constraint uq_search_text unique (layer_id, field, text)
);

create table cityops.search_key (
    layer_id text not null,
    key text not null,
    kind text not null,
    text_id bigint not null,
    constraint ck_search_key_kind check (kind in ('text', 'pinyin', 'initials'))
);
create index search_key_key on cityops.search_key (layer_id, key text_pattern_ops);
create index search_key_text on cityops.search_key (text_id);

-- As texts are compared: without case, width of letters, blanks, apostrophes and hyphens: "Tong'an" and ＴＯＮＧＡＮ are the same.
create function cityops.search_fold(text text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(lower(normalize(text, NFKC)), '[\s''’·-]+', '', 'g')
$$;

-- All pairs of neighbouring characters, and the layer: what is contained in a text is found by its pairs, which two hanzi are already (three letters, as pg_trgm wants, they are not).
create function cityops.search_pairs(layer_id text, folded text) returns text[] language sql immutable strict parallel safe as $$
    select array(select substr(folded, n, 2) from generate_series(1, greatest(length(folded) - 1, 1)) n) || ('@' || layer_id)
$$;
create index search_text_pairs on cityops.search_text using gin (cityops.search_pairs(layer_id, folded));

-- Longer texts cannot be found, as an index would not hold them.
create function cityops.is_searchable(text text) returns boolean language sql immutable strict parallel safe as $$
    select length(text) between 1 and 300
$$;

-- Puts texts into the dictionary; those that are in it already cost a look. Names of up to 16 characters are found by pinyin too: their usual reading, and one more for each hanzi
-- that has another.
create function cityops.add_search_texts(of_layer text, of_field text, is_name boolean, texts text[]) returns void language plpgsql as $$
begin
    with added as (
        insert into cityops.search_text (layer_id, field, text, folded)
        select of_layer, of_field, one, cityops.search_fold(one) from (select distinct unnest(texts) as one) given where cityops.is_searchable(one)
        on conflict do nothing
        returning id, folded
    ), letters as (
        select added.id, letter.n, letter.hanzi, coalesce(usual.syllable, letter.hanzi) as syllable
        from added cross join lateral regexp_split_to_table(added.folded, '') with ordinality letter(hanzi, n)
        left join cityops.hanzi usual on usual.hanzi = letter.hanzi and usual.is_usual
        where is_name and length(added.folded) <= 16 and added.folded ~ '[一-鿿]'
    ), spelt as (
        select id, array_agg(hanzi order by n) as hanzi, array_agg(syllable order by n) as syllables from letters group by id
    ), readings as (
        select id, syllables from spelt
        union all
        select spelt.id, spelt.syllables[:letter.n - 1] || other.syllable || spelt.syllables[letter.n + 1:]
        from spelt cross join lateral unnest(spelt.hanzi) with ordinality letter(hanzi, n)
        join cityops.hanzi other on other.hanzi = letter.hanzi and not other.is_usual
    )
    insert into cityops.search_key (layer_id, key, kind, text_id)
    select of_layer, folded, 'text', id from added
    union
    select of_layer, array_to_string(syllables, ''), 'pinyin', id from readings
    union
    select of_layer, (select string_agg(left(syllable, 1), '' order by n) from unnest(syllables) with ordinality one(syllable, n)), 'initials', id from readings;
end
$$;

-- Before a single row is written, and before it is stamped, as stamping may write it as a bulk writer does. Arguments: the layer, the field that holds names (or ''), then the searchable fields. Bulk writers call collect_search_texts.
create function cityops.remember_search_texts() returns trigger language plpgsql as $$
declare
    fields jsonb := to_jsonb(new);
    of_field text;
    value text;
begin
    foreach of_field in array tg_argv[2:] loop
        value := fields ->> of_field;
        if value is not null and not exists (select from cityops.search_text one where one.layer_id = tg_argv[0] and one.field = of_field and one.text = value) then
            perform cityops.add_search_texts(tg_argv[0], of_field, of_field = tg_argv[1], array[value]);
        end if;
    end loop;
    return new;
end
$$;

-- Takes the texts of a field in, after a bulk write or for a layer that had none. Where there are few different ones, the field's index steps from one to the next, which takes
-- no longer for a million rows than for a thousand; where there are many, the rows are read. The index holds what is_searchable allows.
create function cityops.collect_search_texts(of_layer text, of_field text, is_name boolean, source regclass default null) returns void language plpgsql as $$
declare
    few constant int := 2000;
    most constant int := 300000; -- more different texts are no names that anybody types; the field is left to questions (q=)
    texts text[];
begin
    execute format($sql$
        with recursive step as (
            (select %1$I as text from gis.%2$I where length(%1$I) <= 300 order by %1$I limit 1)
            union all
            select (select %1$I from gis.%2$I where %1$I > step.text and length(%1$I) <= 300 order by %1$I limit 1) from step where step.text is not null
        )
        select array_agg(text) from (select text from step where text is not null limit %3$s) some_texts
    $sql$, of_field, of_layer, few + 1) into texts;
    if cardinality(texts) > few then
        execute format('select array_agg(one) from (select distinct %1$I as one from %2$s where length(%1$I) <= 300 limit %3$s) given',
            of_field, coalesce(source::text, format('gis.%I', of_layer)), most + 1) into texts;
        if cardinality(texts) > most then
            return;
        end if;
    end if;
    perform cityops.add_search_texts(of_layer, of_field, is_name, texts);
    if cardinality(texts) > few then
        -- What many insertions left aside is sorted in now, not by the first who searches.
        perform gin_clean_pending_list('cityops.search_text_pairs');
    end if;
end
$$;
