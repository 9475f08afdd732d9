using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Search;

/// <summary>Looks a text up in the dictionary: which texts of which layers begin with it, are read so, or contain it.</summary>
static class SearchTexts
{
    /// <summary>Most texts of one layer and way of matching.</summary>
    const int Most = 20;

    public sealed record Found(string LayerId, string Field, string Text, SearchMatch Match);

    // Of a long word the first and last pairs are enough to find it by, and all of it is looked for in what they find. U+10FFFF stands behind every other character.
    static string Statement(string layers, string words, string most, string seen) => $"""
        with word as (
            select cityops.search_fold(one) as word from unnest({words}::text[]) one
        ), asked as (
            select cityops.search_fold(array_to_string({words}::text[], '')) as needle, (select array_agg(word) from word) as words,
                (select array_agg(distinct substr(word, n, 2)) from word, generate_series(1, greatest(length(word) - 1, 1)) n where n <= 3 or n >= length(word) - 3) as pairs
        )
        select layer.id, found.field, found.text, found.match
        from asked, unnest({layers}::text[]) layer(id), lateral (
            (select one.field, one.text, case key.kind when 'text' then 2 else 4 end + case when key.key = asked.needle then 0 else 1 end as match
            from cityops.search_key key join cityops.search_text one on one.id = key.text_id
            where key.layer_id = layer.id and key.key ~>=~ asked.needle and key.key ~<~ (asked.needle || chr(1114111)) and {seen}
            order by key.key using ~<~ limit {most})
            union all
            (select one.field, one.text, 6
            from cityops.search_text one
            where length(asked.needle) > 1 and cityops.search_pairs(one.layer_id, one.folded) @> (asked.pairs || ('@' || layer.id))
              and (select bool_and(strpos(one.folded, word) > 0) from unnest(asked.words) word) and {seen}
            limit {most})
        ) found
        where length(asked.needle) > 0
        """;

    /// <param name="asked">Layers with the words that are looked for in them.</param>
    public static async Task<List<Found>> Find(CallerDatabase source, IEnumerable<IGrouping<string, (LayerDefinition Layer, string[] Words)>> asked, CancellationToken cancel)
    {
        await using var connection = await source.Open(cancel);
        await using var batch = connection.CreateBatch();
        foreach (var group in asked)
        {
            var (scoped, open) = (group.Where(one => new FeatureQuery(one.Layer.Id).Scope is not null).ToList(), group.Where(one => new FeatureQuery(one.Layer.Id).Scope is null).ToList());
            if (open.Count > 0)
                batch.BatchCommands.Add(Command(new(), [.. open.Select(one => one.Layer.Id)], open[0].Words, "true"));
            foreach (var (layer, words) in scoped)
            {
                var filter = QueryCompiler.Compile(layer, new(layer.Id));
                batch.BatchCommands.Add(Command(filter, [layer.Id], words, Seen(layer, filter)));
            }
        }
        var found = new List<Found>();
        if (batch.BatchCommands.Count == 0)
            return found;
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        do
            while (await reader.ReadAsync(cancel))
                found.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), (SearchMatch)reader.GetInt32(3)));
        while (await reader.NextResultAsync(cancel));
        return [.. found.GroupBy(one => (one.LayerId, one.Field, one.Text)).Select(same => same.MinBy(one => one.Match)!)];
    }

    static NpgsqlBatchCommand Command(SqlFilter filter, string[] layers, string[] words, string seen)
        => filter.BatchCommand(Statement(filter.Value(layers), filter.Value(words), filter.Value(Most), seen));

    // A caller with a scope finds texts of features that he sees. Asked before the limit: the first twenty of the city may all be of others.
    static string Seen(LayerDefinition layer, SqlFilter filter)
    {
        var where = filter.Where;
        return $"({string.Join(" or ", SearchFields.Named(layer).Select(field => $"""
            one.field = {filter.Value(field.Name)} and exists (select from {SqlName.Table(layer.Id)} seen where seen.{SqlName.Quote(field.Name)} = one.text and {SearchFields.IsShort(field.Name)} and {where})
            """))})";
    }
}
