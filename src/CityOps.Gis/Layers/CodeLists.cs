namespace CityOps.Gis.Layers;

/// <summary>The code lists of an installation, by id (the file's name without <c>.csv</c>).</summary>
public sealed class CodeLists(IEnumerable<CodeList> lists)
{
    readonly Dictionary<string, CodeList> _byId = lists.ToDictionary(list => list.Id);

    public IReadOnlyCollection<CodeList> All => _byId.Values;

    public CodeList? Find(string id) => _byId.GetValueOrDefault(id);
}
