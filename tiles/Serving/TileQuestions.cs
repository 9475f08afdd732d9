using System.Collections.Concurrent;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;
using CityOps.Gis.Tiles.Following;
using Microsoft.AspNetCore.WebUtilities;

namespace CityOps.Gis.Tiles.Serving;

/// <summary>
/// Reads the questions of requests, which the caller's scope is part of. Most requests ask what the one before asked, so a question that was understood is looked up by its spelling.
/// </summary>
public sealed class TileQuestions(LiveLayers live, LayerCatalog catalog)
{
    public const int MostLayers = 16;

    // A polygon or a filter is long, and dear to understand for every tile. What a question takes beside its spelling is counted as characters.
    const int LongestKept = 32_768, MostKeptCharacters = 4_000_000, CharactersBeside = 500;

    // By layers and then by the query string as it was sent: a look-up makes no string.
    readonly ConcurrentDictionary<string, ConcurrentDictionary<string, TileQuestion>> _known = new(StringComparer.Ordinal);

    // The questions of callers who do not see everything.
    readonly ConcurrentDictionary<(JurisdictionScope? Scope, string Kind, string Layers, string Query), TileQuestion> _narrowed = new();
    int _kept;

    /// <summary>The question, or why there is none.</summary>
    /// <param name="layers">Ids separated by commas.</param>
    /// <param name="query">As it stands in the URL, with its question mark.</param>
    public (TileQuestion? Question, TileRefusal? Refusal) Read(ReadOnlySpan<char> layers, string query)
    {
        if (Caller.Current.Scope is not null || !SeesWhole(layers))
            return Narrowed(layers.ToString(), query);
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(layers, out var asked) && asked.TryGetValue(query, out var known))
            return (known, null);
        var (question, refusal) = Understand(layers.ToString(), query);
        if (question is not null && query.Length <= LongestKept)
            Keep(layers.ToString(), query, question);
        return (question, refusal);
    }

    // All fields of all the layers?
    bool SeesWhole(ReadOnlySpan<char> layers)
    {
        foreach (var range in layers.Split(','))
            if (live.Find(layers[range]) is { } layer && !ReferenceEquals(catalog.Find(layer.Definition.Id), layer.Definition))
                return false;
        return true;
    }

    (TileQuestion? Question, TileRefusal? Refusal) Narrowed(string layers, string query)
    {
        var key = (Caller.Current.Scope, Caller.Current.Kind, layers, query);
        if (_narrowed.TryGetValue(key, out var known))
            return (known, null);
        var (question, refusal) = Understand(layers, query);
        if (question is not null && query.Length <= LongestKept)
        {
            MakeRoom((key.Scope?.ToString().Length ?? 0) + layers.Length + query.Length);
            _narrowed[key] = question;
        }
        return (question, refusal);
    }

    // Spellings are without number; the ones in use come back at once.
    void MakeRoom(int characters)
    {
        if (Interlocked.Add(ref _kept, characters + CharactersBeside) <= MostKeptCharacters)
            return;
        _known.Clear();
        _narrowed.Clear();
        Interlocked.Exchange(ref _kept, 0);
    }

    void Keep(string layers, string query, TileQuestion question)
    {
        MakeRoom(layers.Length + query.Length);
        _known.GetOrAdd(layers, _ => new(StringComparer.Ordinal))[query] = question;
    }

    (TileQuestion?, TileRefusal?) Understand(string layers, string query)
    {
        var ids = layers.Split(',');
        if (ids.Length > MostLayers)
            return (null, TileRefusal.TooManyLayers(ids.Length));
        var found = new List<LiveLayer>();
        foreach (var id in ids)
            // What none of the caller's roles reads is no layer, and what he may not see no field.
            if (live.Find(id) is not { } layer || catalog.Find(id) is null)
                return (null, TileRefusal.NoSuchLayer(id));
            else if (found.Contains(layer))
                return (null, TileRefusal.LayerTwice(id));
            else
                found.Add(layer);
        var faults = new List<LocalText>();
        var forced = default(TileExecutor?);
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in QueryHelpers.ParseQuery(query))
            if (name == "executor")
                forced = ReadExecutor(values.ToString(), faults);
            else if (FeatureQueryText.Names.Contains(name))
                parameters.AddRange(values.Select(value => KeyValuePair.Create(name, value ?? "")));
            else if (name != "lang")
                faults.Add(FeatureQueryText.Unknown(name));
        var asked = new List<FeatureQuery>();
        foreach (var layer in found)
        {
            // A filter must fit every layer of the tile; what is wrong for all of them is said once.
            var (ofLayer, misread) = FeatureQueryText.Parse(catalog.Find(layer.Definition.Id)!, parameters);
            faults.AddRange(misread.Where(fault => !faults.Contains(fault)));
            asked.Add(ofLayer);
        }
        return faults.Count > 0 ? (null, TileRefusal.BadQuestion(faults)) : (new(found, asked, forced), null);
    }

    static TileExecutor? ReadExecutor(string text, List<LocalText> faults)
    {
        switch (text)
        {
            case "sql":
                return TileExecutor.Sql;
            case "snapshot":
                return TileExecutor.Snapshot;
            default:
                faults.Add(new($"executor=“{text}”应为 sql 或 snapshot。", $"'executor={text}' is neither sql nor snapshot."));
                return null;
        }
    }
}
