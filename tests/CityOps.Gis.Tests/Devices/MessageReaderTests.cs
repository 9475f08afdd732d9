using System.Globalization;
using System.Text;
using CityOps.Gis.Devices;
using Xunit;

namespace CityOps.Gis.Tests.Devices;

public sealed class MessageReaderTests
{
    static readonly DateTimeOffset s_now = new(2026, 11, 26, 8, 0, 0, TimeSpan.Zero), s_oldest = s_now.AddDays(-90);
    static readonly DeviceKinds s_kinds = DeviceKinds.Load(Path.Combine(AppContext.BaseDirectory, "layers"));

    [Theory]
    [InlineData("gas-pressure", """{"time": "2026-11-26T15:59:00+08:00", "seq": 12, "data": {"pressure": 2800}, "battery": "90"}""", "2026-11-26T07:59:00Z", "12", """{"battery":90,"pressure":2.8}""")]
    [InlineData("smoke", """{"ts": 1795680000, "msgId": "a-1", "alarm": true}""", "2026-11-26T08:00:00Z", "a-1", """{"smoke":1}""")]
    [InlineData("smoke", """{"ts": 1795680000123, "msgId": "a-1", "alarm": false, "battery": null}""", "2026-11-26T08:00:00.123Z", "a-1", """{"smoke":0}""")]
    [InlineData("manhole-tilt", """{"time": "2026-11-26T07:59:00.1234567Z", "id": 3}""", "2026-11-26T07:59:00.123456Z", "3", "{}")]
    public void A_message_is_read_as_its_kind_says(string kind, string payload, string time, string id, string readings)
    {
        var (messages, fault) = Read(kind, payload);
        Assert.Null(fault);
        Assert.Equal(new(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), id, readings, null), Assert.Single(messages));
    }

    [Theory]
    [InlineData("not-json", "temperature=3")]
    [InlineData("no-object", "[3]")]
    [InlineData("no-time", """{"battery": 3}""")]
    [InlineData("bad-time", """{"ts": true}""")]
    [InlineData("bad-time", """{"ts": "yesterday"}""")]
    [InlineData("in-future", """{"ts": "2026-11-26T08:06:00Z"}""")]
    [InlineData("too-old", """{"ts": "2026-08-01T08:00:00Z"}""")]
    [InlineData("not-a-number", """{"ts": "2026-11-26T08:00:00Z", "battery": "full"}""")]
    [InlineData("not-a-number", """{"ts": "2026-11-26T08:00:00Z", "battery": "NaN"}""")]
    [InlineData("not-a-number", """{"ts": "2026-11-26T08:00:00Z", "battery": {"percent": 3}}""")]
    [InlineData("bad-id", """{"ts": "2026-11-26T08:00:00Z", "msgId": ""}""")]
    [InlineData("bad-id", """{"ts": "2026-11-26T08:00:00Z", "msgId": "#1"}""")]
    [InlineData("bad-id", """{"ts": "2026-11-26T08:00:00Z", "msgId": "a\u0000b"}""")]
    public void A_fault_has_a_code_and_of_a_list_with_one_nothing_is_taken(string code, string payload)
    {
        Assert.Equal((0, code), (Read("smoke", payload).Messages.Count, Read("smoke", payload).Fault?.Code));
        var (messages, fault) = Read("smoke", $$"""[{"ts": "2026-11-26T08:00:00Z"}, {{payload.Trim('[', ']')}}]""");
        Assert.Equal((0, code), (messages.Count, fault?.Code));
    }

    [Fact]
    public void A_message_without_a_number_is_known_again_by_what_it_says()
    {
        string Id(int battery) => Read("smoke", $$"""{"ts": "2026-11-26T08:00:00Z", "battery": {{battery}}}""").Messages[0].Id;
        Assert.Equal(Id(90), Id(90));
        Assert.NotEqual(Id(90), Id(91));
    }

    [Fact]
    public void Places_are_read_from_a_list_and_one_off_the_earth_is_a_fault()
    {
        const string time = "\"time\": \"2026-11-26T08:00:00Z\"";
        Assert.Equal("[[118.1,24.5],[118.2,24.6]]", Read("bike-fence", $$"""{ {{time}}, "bikes": [{"lon": 118.1, "lat": 24.5}, {"lon": "118.2", "lat": 24.6, "no": "B1"}]}""").Messages[0].Positions);
        Assert.Equal("bad-position", Read("bike-fence", $$"""{ {{time}}, "bikes": [{"lon": 24.5, "lat": 118.1}]}""").Fault?.Code);
        Assert.Equal("bad-position", Read("bike-fence", $$"""{ {{time}}, "bikes": [7]}""").Fault?.Code);
    }

    [Theory]
    [InlineData("/a~1b/m~0n/1", """{"a/b": {"m~n": [1, 2]}}""", "2")]
    [InlineData("", "3", "3")]
    [InlineData("/a/7", """{"a": [1]}""", null)]
    [InlineData("/a/b", """{"a": 1}""", null)]
    public void A_pointer_finds_what_RFC_6901_says(string pointer, string document, string? found)
        => Assert.Equal(found, JsonPointer.TryParse(pointer)!.In(System.Text.Json.JsonDocument.Parse(document).RootElement)?.ToString());

    static (IReadOnlyList<DeviceMessage> Messages, MessageFault? Fault) Read(string kind, string payload) => MessageReader.Read(s_kinds.Find(kind)!, Encoding.UTF8.GetBytes(payload), s_now, s_oldest);
}
