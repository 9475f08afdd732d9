using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.PostGis.Cases;

/// <summary>
/// Says which departments a case could be dispatched to: whom it falls to by stamp and class, and who has handled cases of its class near it of late, the nearest first. Where no
/// rule names a department the second is all there is to go by.
/// </summary>
public sealed class DispatchAdvice(CallerDatabase source, LayerCatalog catalog)
{
    const int Most = 4, Days = 180;

    // About a kilometre: near enough to be the same crew's round, and what the spatial index reads at a stroke.
    const double NearDegrees = 0.01;

    /// <summary>The likeliest first; none where the caller does not see the case.</summary>
    public async Task<IReadOnlyList<AdvisedDepartment>> Of(long fid, CancellationToken cancel = default)
    {
        if (catalog.Find(CaseTables.LayerId) is not { } layer)
            return [];
        var filter = QueryCompiler.Compile(layer, new FeatureQuery(layer.Id));
        var (which, near) = (filter.Value(fid), NearDegrees.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var command = filter.Command(source, $"""
            with asked as materialized (select geom, class_code, district_code, component_code, department_code from gis.cases where fid = {which}),
                rule as (select coalesce(department_code, cases.likely_department(class_code, district_code, component_code)) as code from asked),
                alike as materialized (
                    select department_code as code, ST_Distance(geom::geography, (select geom from asked)::geography) as meters from gis.cases
                    where geom && (select ST_Expand(geom, {near}) from asked) and class_code = (select class_code from asked) and status in ('close', 'evaluate')
                        and department_code is not null and occurred_at > now() - interval '{Days} days' and {filter.Where}
                )
            select one.code, (select name from gis.departments d where d.code = one.code order by begin_date desc nulls last limit 1), bool_or(one.is_rule), min(one.meters), count(one.meters)
            from (select code, true as is_rule, null::float8 as meters from rule union all select code, false, meters from alike) one
            where one.code is not null group by one.code order by bool_or(one.is_rule) desc, min(one.meters), one.code limit {Most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var advised = new List<AdvisedDepartment>();
        while (await reader.ReadAsync(cancel))
            advised.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetDouble(3), reader.GetInt64(4)));
        return advised;
    }
}
