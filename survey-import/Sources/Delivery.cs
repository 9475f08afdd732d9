using System.IO.Hashing;
using System.Text;
using CityOps.Gis.SurveyImport.Encodings;

namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>
/// What a survey team hands over: a file, a folder or a zip, opened for reading. Knows every layer that can be read and says of every other file why not.
/// Archives are unpacked into a folder of their own, which goes when the delivery is disposed; readers must be disposed before.
/// </summary>
public sealed class Delivery : IDisposable
{
    readonly DeliveryTree _tree;
    readonly Dictionary<(string File, string Name), Func<IFeatureReader>> _openers;
    readonly Lazy<string> _hash;

    Delivery(string path, DeliveryTree tree, LayerFinder found)
    {
        (Path, _tree, _openers) = (path, tree, found.Openers);
        Layers = [.. found.Layers.OrderBy(l => l.File, StringComparer.Ordinal).ThenBy(l => l.Name, StringComparer.Ordinal)];
        Faults = [.. tree.Faults, .. found.Faults];
        _hash = new(() => HashOf(tree.Files));
    }

    /// <exception cref="SourceException">The path is missing, or nothing in it can be read.</exception>
    public static Delivery Open(string path, DeliveryOptions? options = null)
    {
        options ??= new();
        if (options.Encoding is { Length: > 0 } name && CodePages.Named(name) is null)
            throw new ArgumentException($"No encoding is called {name}.", nameof(options));
        var tree = new DeliveryTree(options);
        try
        {
            tree.Collect(path);
            var found = new LayerFinder(tree, options.Encoding);
            found.Find();
            var delivery = new Delivery(path, tree, found);
            return delivery.Layers.Count > 0 ? delivery : throw new SourceException(delivery.WhyNothing());
        }
        catch
        {
            tree.Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>XXH128 (hex) over the names and contents of all files after unpacking: the same data packed again has the same hash.</summary>
    public string Hash => _hash.Value;

    /// <summary>The readable layers, ordered by file and name.</summary>
    public IReadOnlyList<SourceLayer> Layers { get; }

    /// <summary>One sentence for every file or layer that cannot be read. Code <c>NOT_DATA</c> marks mere accompanying files.</summary>
    public IReadOnlyList<SourceFault> Faults { get; }

    public IFeatureReader OpenReader(SourceLayer layer)
        => _openers.TryGetValue((layer.File, layer.Name), out var open)
            ? open()
            : throw new ArgumentException($"{Path} has no layer {layer.Name} in {layer.File}.", nameof(layer));

    /// <summary>True for what macOS and Windows leave in folders and archives, and no delivery needs.</summary>
    public static bool IsLitter(string name) => DeliveryFile.IsJunk(name);

    public void Dispose() => _tree.Dispose();

    SourceFault WhyNothing()
    {
        var faults = Faults.Where(f => f.Code != "NOT_DATA").ToArray();
        return faults.Length == 1 ? faults[0] : SurveyImport.Sources.Faults.NothingReadable(System.IO.Path.GetFileName(Path), faults.Length > 0 ? faults : Faults);
    }

    static string HashOf(IEnumerable<DeliveryFile> files)
    {
        var hash = new XxHash128();
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            using var content = File.OpenRead(file.Path);
            hash.Append(Encoding.UTF8.GetBytes($"{file.Name}\0{content.Length}\0"));
            hash.Append(content);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
