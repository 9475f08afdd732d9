using System.Runtime.CompilerServices;
using CityOps.Gis.Queries;
using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace CityOps.Gis.PostGis.Batches;

/// <summary>Holds staged rows to the scope of the one who delivers them: by where they are stamped, and by the features whose keys they have.</summary>
public sealed class StagedScope(NpgsqlDataSource source, Staging staging, JurisdictionScope scope)
{
    const string Smallest = "coalesce(stamp.grid_code, stamp.community_code, stamp.subdistrict_code, nullif(stamp.district_code, '000000'))";

    string Outside => $"staging.{SqlName.Quote($"b{staging.BatchId}_outside")}";
    string Key => SqlName.Quote(staging.Layer.Key);

    /// <summary>Finds the rows that lie outside and takes them out of the staging tables.</summary>
    /// <returns>How many there are because of their place and because of their key, and how many of each class; those without a class under "".</returns>
    public async Task<(long ByPlace, long ByKey, IReadOnlyDictionary<string, long> Classes)> TakeOut(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await Sql.Run(connection, $"""
            drop table if exists {Outside};
            create unlogged table {Outside} as
            select new.row_id, new.source_no, new.row_number, {ScopeCondition.Of(scope, "stamp")} as by_key, new.{Key}::text as key, {Smallest} as area,
                {(HasClass ? "coalesce(new.class_code, '')" : "''")} as class_code
            from {staging.Rows} new join {staging.Stamps} stamp using (row_id)
            left join (select distinct now.{Key} as key from {SqlName.Table(staging.Layer.Id)} now where not {ScopeCondition.Of(scope, "now")}) others on others.key = new.{Key}
            where not {ScopeCondition.Of(scope, "stamp")} or others.key is not null;
            delete from {staging.Rows} new using {Outside} one where one.row_id = new.row_id;
            delete from {staging.Stamps} stamp using {Outside} one where one.row_id = stamp.row_id;
            """, cancel);
        var byKey = await Sql.Value<long>(connection, $"select count(*) from {Outside} where by_key", cancel);
        var classes = await Sql.Counts(connection, $"select class_code, count(*) from {Outside} group by class_code", cancel);
        return (classes.Values.Sum() - byKey, byKey, classes);
    }

    /// <summary>The rows that were taken out of a layer of the delivery, in its order.</summary>
    /// <param name="sourceNumber">Of the layer.</param>
    public async IAsyncEnumerable<OutsideRow> Rows(int sourceNumber, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select row_number, by_key, key, area from {Outside} where source_no = $1 order by row_number");
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = sourceNumber });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return new(reader.GetInt64(0), reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3));
    }

    /// <summary>Would a row that is delivered like this be refused? Asked of a row that a person mends.</summary>
    /// <param name="place">In EPSG:4490; null where the row has none.</param>
    /// <param name="department">As delivered.</param>
    /// <returns>Null where it may be written.</returns>
    public static async Task<OutsideRow?> Of(
        NpgsqlDataSource source, Layers.LayerDefinition layer, JurisdictionScope scope, Geometry? place, string? key, string? classCode, string? department, CancellationToken cancel)
    {
        var column = SqlName.Quote(layer.Key);
        await using var command = source.CreateCommand($"""
            select {ScopeCondition.Of(scope, "stamp")}, {Smallest}, exists (select from {SqlName.Table(layer.Id)} now where now.{column}::text = $4 and not {ScopeCondition.Of(scope, "now")})
            from cityops.assign_jurisdiction($1, $2, $3) stamp
            """);
        command.Parameters.Add(new() { Value = (object?)Placed(place) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Geometry });
        foreach (var text in new[] { classCode, department, key })
            command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (isInside, isTaken) = (reader.GetBoolean(0), reader.GetBoolean(2));
        return isInside && !isTaken ? null : new(0, isInside, key, reader.IsDBNull(1) ? null : reader.GetString(1));
    }

    bool HasClass => staging.Layer.Find("class_code") is { Stored: true };

    static Geometry? Placed(Geometry? place)
    {
        if (place is not null)
            place.SRID = LayerTable.StoredSrid;
        return place;
    }
}
