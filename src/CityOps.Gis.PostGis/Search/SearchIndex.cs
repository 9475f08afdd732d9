using System.Text;
using CityOps.Gis.Layers;
using Npgsql;

namespace CityOps.Gis.PostGis.Search;

/// <summary>
/// Keeps the dictionary of the search box (<c>sql/0013_search.sql</c>): makes what a layer's table lacks for it, and takes the texts of bulk writes in. Single rows are
/// taken in by a trigger.
/// </summary>
public static class SearchIndex
{
    // Triggers run in the order of their names; this one stands before the stamp.
    const string Trigger = "_search";

    /// <summary>Makes the missing indexes of a layer's table and its trigger, and fills the dictionary for a layer that has rows and no texts; running it again changes nothing.</summary>
    public static async Task Ensure(NpgsqlConnection connection, LayerDefinition layer, CancellationToken cancel = default)
    {
        var fields = SearchFields.Named(layer).ToList();
        foreach (var field in fields)
            await Sql.Run(connection, $"create index if not exists {SqlName.Quote($"{layer.Id}_in_{field.Name}")} on {SqlName.Table(layer.Id)} using {SearchFields.IndexOf(field)}", cancel);
        if (SearchFields.HasKey(layer) && !await Sql.Value<bool>(connection, "select datcollate in ('C', 'POSIX') from pg_database where datname = current_database()", cancel))
            // The key's own index finds beginnings only where texts are ordered by their bytes.
            await Sql.Run(connection, $"create index if not exists {SqlName.Quote(layer.Id + "_key_begins")} on {SqlName.Table(layer.Id)} using btree ({SqlName.Quote(layer.Key)} text_pattern_ops)", cancel);
        if (fields.Count == 0)
            return;
        await EnsureTrigger(connection, layer, fields, cancel);
        foreach (var field in fields)
            if (!await Sql.Value<bool>(connection, $"select exists (select from cityops.search_text where layer_id = {SqlName.Literal(layer.Id)} and field = {SqlName.Literal(field.Name)})", cancel))
                await Collect(connection, layer, field, "null", cancel);
    }

    /// <summary>Takes in what a bulk write has brought, in its transaction.</summary>
    /// <param name="rows">The table that holds the rows which were written, under the names of the layer's fields.</param>
    internal static async Task Collect(NpgsqlConnection connection, LayerDefinition layer, string rows, CancellationToken cancel)
    {
        foreach (var field in SearchFields.Named(layer))
            await Collect(connection, layer, field, $"{SqlName.Literal(rows)}::regclass", cancel);
    }

    static Task<int> Collect(NpgsqlConnection connection, LayerDefinition layer, LayerField field, string source, CancellationToken cancel)
        => Sql.Run(connection, $"select cityops.collect_search_texts({SqlName.Literal(layer.Id)}, {SqlName.Literal(field.Name)}, {(field.Name == layer.Name ? "true" : "false")}, {source})", cancel);

    static async Task EnsureTrigger(NpgsqlConnection connection, LayerDefinition layer, List<LayerField> fields, CancellationToken cancel)
    {
        string[] arguments = [layer.Id, layer.Name ?? "", .. fields.Select(field => field.Name)];
        var known = string.Concat(arguments.Select(argument => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(argument)) + "00"));
        if (await Sql.Value<bool>(connection, $"""
            select exists (select from pg_trigger where tgrelid = {SqlName.Literal(SqlName.Table(layer.Id))}::regclass and tgname = '{Trigger}' and encode(tgargs, 'hex') = '{known}')
            """, cancel))
            return;
        await Sql.Run(connection, $"""
            drop trigger if exists {Trigger} on {SqlName.Table(layer.Id)};
            create trigger {Trigger} before insert or update of {string.Join(", ", fields.Select(field => SqlName.Quote(field.Name)))} on {SqlName.Table(layer.Id)} for each row
            when (current_setting('cityops.bulk', true) is distinct from 'on') execute function cityops.remember_search_texts({string.Join(", ", arguments.Select(SqlName.Literal))})
            """, cancel);
    }
}
