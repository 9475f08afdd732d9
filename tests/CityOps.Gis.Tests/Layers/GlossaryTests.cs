using System.Text.Json;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Layers;

public sealed class GlossaryTests
{
    static readonly string Glossary = File.ReadAllText(Repository.PathOf("src/docs/glossary.md"));

    [Fact]
    public void The_glossary_explains_every_member_of_a_layer_definition()
        => Assert.All(Members(JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/layers/layer.schema.json"))).RootElement), IsExplained);

    [Fact]
    public void The_glossary_explains_every_layer_check_code_list_kind_and_type()
    {
        var catalog = LayerCatalog.Load(Repository.PathOf("src/layers"));

        Assert.All(catalog.Layers.Select(layer => layer.Id), IsExplained);
        Assert.All(catalog.Lists.All.Select(list => list.Id), IsExplained);
        Assert.All(catalog.Lists.All.SelectMany(list => list.Tables).Where(table => table.Length > 0).Distinct(), IsExplained);
        Assert.All(LayerRules.KnownChecks.Concat(LayerShape.Names(typeof(GeometryKind))).Concat(LayerShape.Names(typeof(FieldType))), IsExplained);
    }

    static void IsExplained(string word) => Assert.Contains($"`{word}`", Glossary, StringComparison.Ordinal);

    static IEnumerable<string> Members(JsonElement schema)
        => schema.ValueKind != JsonValueKind.Object ? [] : schema.EnumerateObject().SelectMany(one =>
            one.Name == "properties" ? one.Value.EnumerateObject().SelectMany(member => Members(member.Value).Prepend(member.Name)).Where(name => name != "$schema") : Members(one.Value));
}
