using CityOps.Gis.Devices;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Devices;

public sealed class DeviceKindsTests
{
    static readonly string s_layers = Path.Combine(AppContext.BaseDirectory, "layers");
    static readonly LayerCatalog s_catalog = LayerCatalog.Load(s_layers);

    [Fact]
    public void Every_kind_of_the_code_list_has_a_definition_whose_cases_are_of_known_classes()
    {
        var kinds = DeviceKinds.Load(s_layers);
        Assert.Equal(s_catalog.Lists.Find("device-kinds")!.Entries.Select(entry => entry.Code).Order(StringComparer.Ordinal), kinds.All.Select(kind => kind.Kind));
        Assert.All(kinds.All.SelectMany(kind => kind.Quantities).SelectMany(quantity => quantity.Alarms).Where(rule => rule.CaseClass is not null),
            rule => Assert.Contains(s_catalog.Lists.Find("event-classes")!.Entries, entry => entry.Code == rule.CaseClass));
    }

    [Theory]
    [InlineData("""{"kind": "x", "quietMinutes": 0, "message": {"time": "/t"}, "quantities": []}""", "$.quietMinutes")]
    [InlineData("""{"kind": "x", "quietMinutes": 5, "message": {"time": "t"}, "quantities": []}""", "$.message.time")]
    [InlineData("""{"kind": "x", "quietMinutes": 5, "message": {"time": "/t"}, "quantities": [], "colour": "red"}""", "$.colour")]
    [InlineData("""{"kind": "x", "quietMinutes": 5, "message": {"time": "/t"}, "quantities": [{"name": "a", "title": {"zh": "", "en": ""}, "alarms": [{"id": "r", "title": {"zh": "", "en": ""}, "when": "above", "raise": 1, "clear": 2}]}]}""", "$.quantities[0].alarms[0].clear")]
    [InlineData("""{"kind": "x", "quietMinutes": 5, "message": {"time": "/t"}, "quantities": [{"name": "a", "title": {"zh": "", "en": ""}, "alarms": [{"id": "r", "title": {"zh": "", "en": ""}, "when": "above", "raise": 1, "clear": 1, "from": "06:00:00"}]}]}""", "$.quantities[0].alarms[0].from")]
    [InlineData("""{"kind": "x"}""", "$")]
    public void A_definition_that_cannot_be_used_says_where(string definition, string at)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, DeviceKinds.Folder));
        File.WriteAllText(Path.Combine(folder.Path, DeviceKinds.Folder, "x.json"), definition);
        Assert.StartsWith(at, Assert.Throws<LayerDefinitionException>(() => DeviceKinds.Load(folder.Path)).Faults.Single().JsonPath);
    }
}
