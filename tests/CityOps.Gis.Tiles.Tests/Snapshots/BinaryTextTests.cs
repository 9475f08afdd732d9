using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Snapshots;
using Xunit;

namespace CityOps.Gis.Tests.Tiles.Snapshots;

/// <summary>Dates, times and lists in memory beside those that the SQL executor writes, whatever the session's time zone.</summary>
public sealed class BinaryTextTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task A_date_is_written_as_PostgreSQL_writes_it()
        => Assert.All(await Bytes("""
            select date_send(day) as value, to_json(day) #>> '{}' as text from (
                select date '2000-01-01' + n * 997 as day from generate_series(-740, 4000) n
                union all select unnest(array['infinity', '-infinity', '0001-01-01', '0001-12-31 BC', '4713-01-01 BC', '9999-12-31', '10000-01-01', '2000-02-29', '1900-02-28']::date[])) days
            """), one => Assert.Equal(one.Text, Text(FieldType.Date, one.Value)));

    [Theory]
    [InlineData("Asia/Shanghai")]
    [InlineData("America/St_Johns")]
    public async Task A_time_is_written_in_UTC(string zone)
        => Assert.All(await Bytes($$"""
            set timezone = '{{zone}}';
            select timestamptz_send(at) as value, (to_json(at at time zone 'UTC') #>> '{}') || case when isfinite(at) then 'Z' else '' end as text from (
                select timestamptz '2000-01-01 00:00:00Z' + n * interval '7919 hours 13 minutes 7.000101 seconds' as at from generate_series(-3000, 3000) n
                union all select unnest(array['infinity', '-infinity', '2024-05-06 07:08:09.5+08', '1999-12-31 23:59:59.999999Z', '0044-03-15 12:00:00Z BC']::timestamptz[])) times
            """), one => Assert.Equal(one.Text, Text(FieldType.DateTime, one.Value)));

    [Fact]
    public async Task A_list_is_written_with_semicolons()
        => Assert.All(await Bytes("""
            select array_send(list) as value, array_to_string(list, ';') as text
            from (values ('{}'::text[]), ('{a}'), ('{a,b,三}'), ('{a,NULL,b}'), ('{NULL}'), ('{"",x}'), ('{"",""}'), ('{{a,b},{c,d}}'), ('{"a;b"}')) one(list)
            """), one => Assert.Equal(one.Text, Text(FieldType.List, one.Value)));

    static string Text(FieldType type, byte[] value) => System.Text.Encoding.UTF8.GetString(new BinaryText().Of(type, value));

    async Task<List<(byte[] Value, string Text)>> Bytes(string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(byte[], string)>();
        while (await reader.ReadAsync())
            found.Add((reader.GetFieldValue<byte[]>(0), reader.GetString(1)));
        Assert.NotEmpty(found);
        return found;
    }
}
