using System.Text.Json.Nodes;
using CityOps.Gis.Queries.Cql2;
using CityOps.Gis.Testing;
using Xunit;

namespace CityOps.Gis.Tests.Queries;

/// <summary>Examples of the standard, text beside JSON (tests/fixtures/cql2).</summary>
public sealed class StandardExampleTests
{
    public static TheoryData<string, string, string> Examples => [.. File.ReadLines(Repository.PathOf("tests/fixtures/cql2/standard-examples.tsv"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t')).Select(cells => new TheoryDataRow<string, string, string>(cells[0], cells[1], cells[2]))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Text_and_JSON_give_one_tree(string place, string text, string json)
    {
        var (ofText, ofJson) = (CqlTextReader.Read(text), CqlJsonReader.Read(json));

        Assert.True(ofText.Root is not null, $"{place}: {ofText.Fault?.Sentence.En}");
        Assert.True(ofJson.Root is not null, $"{place}: {ofJson.Fault?.Sentence.En}");
        Assert.Equal(CqlTextWriter.Write(ofText.Root), CqlTextWriter.Write(ofJson.Root));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(CqlJsonWriter.Write(ofText.Root)), JsonNode.Parse(CqlJsonWriter.Write(ofJson.Root))), place);
        Assert.True(JsonNode.DeepEquals(Numbers(JsonNode.Parse(json)), JsonNode.Parse(CqlJsonWriter.Write(ofText.Root))), $"{place}: {CqlJsonWriter.Write(ofText.Root)}");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void What_is_written_reads_back(string place, string text, string json)
    {
        var root = CqlTextReader.Read(text).Root!;
        var (written, again) = (CqlTextWriter.Write(root), CqlTextReader.Read(CqlTextWriter.Write(root)));

        Assert.True(again.Root is not null, $"{place}: {written}: {again.Fault?.Sentence.En}");
        Assert.Equal(written, CqlTextWriter.Write(again.Root));
        Assert.Equal(CqlJsonWriter.Write(CqlJsonReader.Read(json).Root!), CqlJsonWriter.Write(again.Root));
    }

    [Fact]
    public void There_are_most_of_the_standards_examples() => Assert.InRange(Examples.Count, 75, 200);

    // 150.0 is 150.
    static JsonNode? Numbers(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(Numbers)]);
            case JsonObject one:
                return new JsonObject(one.Select(member => KeyValuePair.Create(member.Key, Numbers(member.Value))));
            case JsonValue value when value.TryGetValue(out double number) && number == Math.Truncate(number):
                return JsonValue.Create((long)number);
            default:
                return node?.DeepClone();
        }
    }
}
