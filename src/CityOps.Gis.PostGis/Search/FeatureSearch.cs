using System.Globalization;
using CityOps.Gis.Features;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using Npgsql;

namespace CityOps.Gis.PostGis.Search;

/// <summary>
/// The search box: finds features by code and by the texts of their searchable fields. Exact code before its beginning, before names, before texts that contain what was asked
/// for; the spine first where equal. Removed features and what the caller may not see are not found.
/// </summary>
public sealed class FeatureSearch(CallerDatabase source, LayerCatalog catalog)
{
    public const int MostCharacters = 100;

    public async Task<IReadOnlyList<SearchAnswer>> Find(SearchQuestion question, CancellationToken cancel = default)
    {
        var text = question.Text.Trim();
        if (text.Length is 0 or > MostCharacters)
            return [];
        var layers = catalog.Layers.Where(layer => SearchFields.Serves(layer) && (question.Layers is not { Count: > 0 } wanted || wanted.Contains(layer.Id))).ToList();
        var texts = await SearchTexts.Find(source, layers.Where(layer => SearchFields.Named(layer).Any()).Select(layer => (layer, WordsFor(layer, text))).GroupBy(one => string.Join(' ', one.Item2)), cancel);
        var answers = await Features(question, text, layers, texts.ToLookup(one => one.LayerId), cancel);
        return [.. answers
            .OrderBy(one => one.Match).ThenBy(one => SpineRank(one.LayerId)).ThenBy(one => (one.Matched ?? one.Title).Length)
            .ThenBy(one => one.Title, StringComparer.Ordinal).ThenBy(one => one.Code, StringComparer.Ordinal).ThenBy(one => one.Fid)
            .Take(question.Limit)];
    }

    // "Siming District": a word that names the layer says which layer is meant, and is not looked for in it.
    static string[] WordsFor(LayerDefinition layer, string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var rest = words.Where(word => !Names(layer, word)).ToArray();
        return rest.Length > 0 ? rest : words;
    }

    static bool Names(LayerDefinition layer, string word)
        => word == layer.Title.Zh || word.Length > 3 && layer.Title.En.Split(' ').Any(title => title.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    // Districts before subdistricts before grids: the order in which they are drawn.
    int SpineRank(string layerId) => catalog.Find(layerId) is { } layer && LayerTable.IsSpine(layer) ? layer.Style.Order : int.MaxValue;

    async Task<List<SearchAnswer>> Features(SearchQuestion question, string text, List<LayerDefinition> layers, ILookup<string, SearchTexts.Found> texts, CancellationToken cancel)
    {
        await using var connection = await source.Open(cancel);
        await using var batch = connection.CreateBatch();
        var asked = new List<LayerDefinition>();
        foreach (var layer in layers)
            if (Statement(layer, question, text, [.. texts[layer.Id]]) is { } command)
            {
                batch.BatchCommands.Add(command);
                asked.Add(layer);
            }
        var answers = new Dictionary<(string, long), SearchAnswer>();
        if (asked.Count == 0)
            return [];
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var layer in asked)
        {
            while (await reader.ReadAsync(cancel))
                if (Read(layer, reader) is var answer && (!answers.TryGetValue((layer.Id, answer.Fid), out var known) || answer.Match < known.Match))
                    answers[(layer.Id, answer.Fid)] = answer;
            await reader.NextResultAsync(cancel);
        }
        return [.. answers.Values];
    }

    // The range is for the index: of a locked table PostgreSQL does not make one of the pattern (sql/0016).
    static string Begins(SqlFilter filter, string key, string beginning)
        => $"{key} >= {filter.Value(beginning)} and {key} < {filter.Value(beginning + char.ConvertFromUtf32(0x10FFFF))} and {key} like {filter.Value(Escaped(beginning) + "_%")}";

    static NpgsqlBatchCommand? Statement(LayerDefinition layer, SearchQuestion question, string text, List<SearchTexts.Found> texts)
    {
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        var (where, key, limit) = (filter.Where, SqlName.Quote(layer.Key), question.Limit.ToString(CultureInfo.InvariantCulture));
        var columns = Columns(layer);
        var arms = new List<string>();
        if (SearchFields.HasKey(layer) && !text.Any(char.IsWhiteSpace))
        {
            var exact = new[] { text, text.ToUpperInvariant() }.Distinct().ToArray();
            arms.Add($"(select {(int)SearchMatch.Code} as match, null::text as matched, {columns} from {SqlName.Table(layer.Id)} one where {key} = any({filter.Value(exact)}) and {where} limit {limit})");
            foreach (var beginning in exact)
                arms.Add($"(select {(int)SearchMatch.CodeBegins} as match, null::text as matched, {columns} from {SqlName.Table(layer.Id)} one where {Begins(filter, key, beginning)} and {where} order by {key} limit {limit})");
        }
        foreach (var field in texts.GroupBy(one => one.Field))
            arms.Add($"""
                (select found.match, {(field.Key == layer.Name ? "null" : "found.text")} as matched, one.* from unnest({filter.Value(field.Select(one => one.Text).ToArray())}::text[], {filter.Value(field.Select(one => (int)one.Match).ToArray())}::int[]) found(text, match),
                lateral (select {columns} from {SqlName.Table(layer.Id)} one where {SqlName.Quote(field.Key)} = found.text and {SearchFields.IsShort(field.Key)} and {where} limit {limit}) one)
                """);
        return arms.Count == 0 ? null : filter.BatchCommand($"""
            select match, matched, fid, code, title, grid_code, community_code, subdistrict_code, district_code, department_code, ST_X(spot), ST_Y(spot), ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)
            from (select *, case when ST_Dimension(geom) = 0 then ST_Centroid(geom) else ST_PointOnSurface(geom) end as spot
                from ({string.Join("\nunion all\n", arms)}) found order by match, length(coalesce(matched, title)), title, code limit {limit}) best
            """);
    }

    static string Columns(LayerDefinition layer)
        => $"fid, {SqlName.Quote(layer.Key)} as code, {(layer.Name is { } name ? $"coalesce({SqlName.Quote(name)}, {SqlName.Quote(layer.Key)})" : SqlName.Quote(layer.Key))} as title, "
            + $"{string.Join(", ", LayerTable.JurisdictionColumns)}, {(layer.Geometry == GeometryKind.None ? "null::geometry as geom" : "geom")}";

    static SearchAnswer Read(LayerDefinition layer, NpgsqlDataReader reader)
    {
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        var code = Text(3) ?? "";
        var jurisdiction = new Jurisdiction(Text(5), Text(6), Text(7), Text(8) ?? Jurisdiction.NoDistrict, Text(9));
        return new(layer.Id, reader.GetInt64(2), code, Text(4) ?? code, Text(1), (SearchMatch)reader.GetInt32(0), jurisdiction,
            reader.IsDBNull(10) ? null : (reader.GetDouble(10), reader.GetDouble(11)),
            reader.IsDBNull(12) ? null : (reader.GetDouble(12), reader.GetDouble(13), reader.GetDouble(14), reader.GetDouble(15)));
    }

    static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
