using CityOps.Gis.Testing;
using CityOps.Gis.Web.Access.People;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

public sealed class PeopleDbTests(PostGisDatabase database) : IClassFixture<PostGisDatabase>
{
    [Fact]
    public async Task The_model_of_Identity_is_that_of_the_tables()
    {
        await using var people = new PeopleDb(new DbContextOptionsBuilder<PeopleDb>().UseNpgsql(database.Source).Options);
        var known = await database.Rows("""
            select table_name || '.' || column_name || ' ' || data_type || case is_nullable when 'YES' then ' null' else '' end
            from information_schema.columns where table_schema = 'access' and table_name in ('person', 'person_login', 'person_token')
            """);
        // What the product keeps beside Identity.
        string[] own = ["person.sees_whole_city boolean", "person.created_at timestamp with time zone", "person.taken_out_at timestamp with time zone null"];

        var modelled = people.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property
            => $"{entity.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()}{(property.IsNullable ? " null" : "")}"));

        Assert.Equal(known.Except(own).Order(StringComparer.Ordinal), modelled.Order(StringComparer.Ordinal));
    }
}
