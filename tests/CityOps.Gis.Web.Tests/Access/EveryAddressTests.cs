using System.Net;
using CityOps.Gis.Access;
using CityOps.Gis.Queries;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>
/// Every address that the product answers, as its own list of endpoints names them, asked for what stands in another district: an address that is added later is asked too. What is hidden
/// bears a word of its own, which must stand in no byte of an answer.
/// </summary>
public sealed class EveryAddressTests(SecretCity city) : IClassFixture<SecretCity>
{
    static readonly JurisdictionScope s_otherDistrict = new() { Districts = ["350203"] }, s_otherDepartment = new() { Departments = ["11"] };

    public static TheoryData<string, string> Callers
        => [.. Role.All.Select(role => (role.Id, "district")), (Role.DepartmentOfficer.Id, "department"), (Role.Administrator.Id, "nowhere")];

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task Nothing_of_another_district_is_told_at_any_address(string role, string where)
    {
        var caller = city.As(role, where switch { "district" => s_otherDistrict, "department" => s_otherDepartment, _ => new() });
        // One role is asked at each layer, the others where most hangs on the role.
        var isAll = role == Role.GridManager.Id;
        foreach (var address in city.Addresses(layer => isAll || layer is "cases" or "devices" or "cameras"))
        {
            using var answer = await caller.Get(address.Path);
            Assert.DoesNotContain(SecretCity.Word, await SecretCity.Body(answer), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_word_is_found_at_many_addresses_by_who_sees_the_whole_city_and_no_tag_of_his_serves_another()
    {
        var (everybody, somebody) = (city.As(Role.Administrator.Id, null), city.As(Role.GridManager.Id, s_otherDistrict));
        var (told, layers) = (new HashSet<RouteEndpoint>(), new HashSet<string>());
        foreach (var address in city.Addresses(_ => true))
        {
            using var answer = await everybody.Get(address.Path);
            Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{address.Path}: {answer.StatusCode}");
            var body = await SecretCity.Body(answer);
            if (!body.Contains(SecretCity.Word, StringComparison.Ordinal))
                continue;
            told.Add(address.Endpoint);
            layers.UnionWith(city.Hidden.Keys.Where(layer => body.Contains(SecretCity.Word + layer, StringComparison.Ordinal)));
            if (answer.Headers.ETag is { } tag)
            {
                using var asked = await somebody.Get(address.Path, tag.ToString());
                Assert.True(asked.StatusCode != HttpStatusCode.NotModified, $"{address.Path} has not changed, he is told");
            }
        }
        Assert.Equal(city.Hidden.Keys.Order(), layers.Order());
        Assert.InRange(told.Count, 15, int.MaxValue);
    }
}
