using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CityOps.Gis.Access;

namespace CityOps.Gis.Layers;

/// <summary>The layers and code lists of an installation, read once and never changed.</summary>
public sealed class LayerCatalog
{
    // Members that the records do not know were refused by LayerShape; "$schema" is passed over.
    static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    readonly IReadOnlyList<LayerDefinition> _layers;

    // By what decides what is seen, of which there are few.
    readonly ConcurrentDictionary<string, SeenLayers> _seen = new();

    LayerCatalog(IReadOnlyList<LayerDefinition> layers, CodeLists lists) => (_layers, Lists) = (layers, lists);

    /// <summary>In drawing order, as <see cref="Caller.Current"/> may see them: without layers that none of his roles reads, and without fields that he may not see.</summary>
    public IReadOnlyList<LayerDefinition> Layers => Seen(Caller.Current).Layers;
    public CodeLists Lists { get; }

    /// <summary>
    /// Reads <c>*.json</c> and <c>codelists/*.csv</c> of each folder that exists; a later folder adds to an earlier one.
    /// </summary>
    /// <exception cref="LayerDefinitionException">With every fault of every file.</exception>
    public static LayerCatalog Load(params string[] folders)
    {
        var faults = new List<LayerFault>();
        var present = folders.Where(Directory.Exists).ToList();
        var lists = new CodeLists(present
            .SelectMany(folder => FilesOf(Path.Combine(folder, "codelists"), "*.csv"))
            .GroupBy(Path.GetFileName)
            .Select(files => CodeListFile.Read(files.Last(), faults))
            .OfType<CodeList>());
        var read = present
            .SelectMany(folder => FilesOf(folder, "*.json"))
            .Where(file => !file.EndsWith(".schema.json", StringComparison.Ordinal))
            .Select(file => (File: file, Layer: Read(file, faults)))
            .Where(one => one.Layer is not null)
            .ToList();
        foreach (var (file, layer) in read)
            faults.AddRange(LayerRules.Check(file, layer!, lists));
        foreach (var (file, layer) in read)
            foreach (var (at, field) in layer!.Fields.Index())
                if (field.References is { } other && read.All(one => one.Layer!.Id != other))
                    faults.Add(new(file, $"$.fields[{at}].references", new($"没有图层“{other}”。", $"There is no layer '{other}'.")));
        foreach (var twice in read.GroupBy(one => one.Layer!.Id).Where(group => group.Count() > 1))
            faults.Add(new(twice.Last().File, "$.id", new(
                $"图层“{twice.Key}”已在 {twice.First().File} 中定义。", $"Layer '{twice.Key}' is already defined in {twice.First().File}.")));
        return faults.Count > 0
            ? throw new LayerDefinitionException(faults)
            : new([.. read.Select(one => one.Layer!).OrderBy(layer => layer.Style.Order)], lists);
    }

    /// <summary>A layer as <see cref="Caller.Current"/> may see it; null where there is none, or none for him.</summary>
    public LayerDefinition? Find(string id) => Seen(Caller.Current).ById.GetValueOrDefault(id);

    SeenLayers Seen(Caller caller) => _seen.GetOrAdd(caller.Kind, static (_, of) =>
    {
        var layers = of.Catalog._layers.Where(of.Caller.MayRead).Select(of.Caller.Seen).ToList();
        return new(layers, layers.ToFrozenDictionary(layer => layer.Id));
    }, (Catalog: this, Caller: caller));

    sealed record SeenLayers(IReadOnlyList<LayerDefinition> Layers, FrozenDictionary<string, LayerDefinition> ById);

    static string[] FilesOf(string folder, string pattern)
        => Directory.Exists(folder) ? [.. Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)] : [];

    static LayerDefinition? Read(string file, List<LayerFault> faults)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(file), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            var shape = new LayerShape(file, Format).Check(document.RootElement);
            faults.AddRange(shape);
            return shape.Count > 0 ? null : document.RootElement.Deserialize<LayerDefinition>(Format);
        }
        catch (JsonException fault)
        {
            faults.Add(new(file, fault.Path ?? "$", new(
                $"第 {fault.LineNumber + 1} 行不是合法的 JSON：{fault.Message}", $"Line {fault.LineNumber + 1} is not valid JSON: {fault.Message}")));
            return null;
        }
    }
}
