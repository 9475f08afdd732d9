using Npgsql;

namespace CityOps.Gis.PostGis.Access;

/// <summary>The keys that seal cookies and forms (<c>access.data_protection_key</c>), the same for all processes on a database.</summary>
public sealed class KeyRing(NpgsqlDataSource source)
{
    /// <summary>All keys as XML, oldest first.</summary>
    public IReadOnlyList<string> All()
    {
        using var command = source.CreateCommand("select xml from access.data_protection_key order by id");
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read())
            keys.Add(reader.GetString(0));
        return keys;
    }

    public void Add(string name, string xml)
    {
        using var command = source.CreateCommand("insert into access.data_protection_key (name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = name });
        command.Parameters.Add(new() { Value = xml });
        command.ExecuteNonQuery();
    }
}
