using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using CityOps.Gis.PostGis.Batches;
using CityOps.Gis.Testing;
using CityOps.Gis.Web.Components.Imports;
using CityOps.Gis.Web.Resources;
using Xunit;

namespace CityOps.Gis.Tests.Web;

public sealed partial class UiTextTests
{
    static Dictionary<string, string> Texts(string culture, Type? texts = null)
        => new ResourceManager(texts ?? typeof(UiText)).GetResourceSet(new CultureInfo(culture), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(one => (string)one.Key, one => (string)one.Value!);

    [Theory]
    [InlineData(typeof(UiText))]
    [InlineData(typeof(MapText))]
    [InlineData(typeof(AnalysisText))]
    [InlineData(typeof(FeatureText))]
    [InlineData(typeof(ViewText))]
    [InlineData(typeof(ImportText))]
    [InlineData(typeof(AccessText))]
    [InlineData(typeof(CaseText))]
    [InlineData(typeof(SpecialText))]
    [InlineData(typeof(CommandText))]
    [InlineData(typeof(AssessmentText))]
    [InlineData(typeof(DeviceText))]
    [InlineData(typeof(CameraText))]
    [InlineData(typeof(PatrolText))]
    [InlineData(typeof(StreetText))]
    public void Every_text_is_there_in_both_languages_with_the_same_places_to_fill(Type texts)
    {
        var (chinese, english) = (Texts("", texts), Texts("en", texts));

        Assert.Equal(chinese.Keys.Order(), english.Keys.Order());
        Assert.All(chinese, one => Assert.Equal(Places(one.Value), Places(english[one.Key])));
    }

    [Fact]
    public void Every_text_that_a_page_names_is_there()
    {
        var known = typeof(UiText).Assembly.GetTypes().Where(type => type.Namespace == typeof(UiText).Namespace && type.Name.EndsWith("Text", StringComparison.Ordinal)).SelectMany(type => Texts("", type).Keys).ToHashSet();
        var folder = Repository.PathOf("web");
        var named = Directory.EnumerateFiles(folder, "*.razor*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/node_modules/", StringComparison.Ordinal) && (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)))
            .SelectMany(file => TextName().Matches(File.ReadAllText(file)).Select(match => (File: Path.GetFileName(file), Name: match.Groups[1].Value))).ToList();

        Assert.True(named.Count > 300, $"{named.Count} names of texts are found, which are not all.");
        Assert.DoesNotContain(named, one => !known.Contains(one.Name));
    }

    [Fact]
    public void Every_state_of_an_import_has_a_word()
    {
        var tasks = Enum.GetValues<ImportTask>().Select(task => ImportMood.Of(Job(ImportJobState.Running, task), null));
        var states = Enum.GetValues<ImportJobState>().Where(state => state != ImportJobState.Running).Select(state => ImportMood.Of(Job(state, ImportTask.Import), null));

        Assert.All(tasks.Concat(states), mood => Assert.Contains("state." + mood.Word, Texts("", typeof(ImportText)).Keys));
    }

    [Fact]
    public void Every_move_of_a_case_has_a_word()
        => Assert.All(CityOps.Gis.Cases.CaseMoves.All, move => Assert.Contains("move." + move.Id, Texts("", typeof(CaseText)).Keys));

    [Fact]
    public void Every_group_of_the_products_layers_has_a_heading()
        => Assert.All(PostGisDatabase.Catalog.Layers, layer => Assert.Contains("group." + layer.Group, Texts("").Keys));

    // A name written out, not one that is put together.
    [GeneratedRegex("""\b(?:Text|Texts|texts|ViewTexts|viewTexts|toolTexts|tools|Tools|Map|mapTexts|pageTexts|fieldTexts|words|Words)\["([^"]+)"[\],]""")]
    private static partial Regex TextName();

    static ImportJob Job(ImportJobState state, ImportTask task) => new(1, "a.zip", "a", state, task, null, null, default, DeliveryMaker.Current);

    static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(place => place.Value).Distinct().Order();
}
