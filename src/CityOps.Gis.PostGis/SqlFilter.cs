using Npgsql;

namespace CityOps.Gis.PostGis;

/// <summary>Conditions of a statement and the values they refer to by number (<c>$1</c>, <c>$2</c>, …).</summary>
public sealed class SqlFilter
{
    readonly List<string> _conditions = [];
    readonly List<NpgsqlParameter> _parameters = [];

    /// <summary>The conditions joined by "and"; <c>true</c> where there are none.</summary>
    public string Where => _conditions.Count == 0 ? "true" : string.Join(" and ", _conditions);

    /// <summary>Adds a value and gives its reference.</summary>
    public string Value(object value)
    {
        _parameters.Add(new() { Value = value });
        return "$" + _parameters.Count;
    }

    public void And(string condition) => _conditions.Add(condition);

    public NpgsqlCommand Command(NpgsqlConnection connection, string sql) => AddTo(new NpgsqlCommand(sql, connection));

    public CallerCommand Command(CallerDatabase database, string sql)
    {
        var command = database.CreateCommand(sql);
        AddTo(command.Parameters);
        return command;
    }

    /// <summary>The statement as one of several that are sent together.</summary>
    public NpgsqlBatchCommand BatchCommand(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        AddTo(command.Parameters);
        return command;
    }

    NpgsqlCommand AddTo(NpgsqlCommand command)
    {
        AddTo(command.Parameters);
        return command;
    }

    void AddTo(NpgsqlParameterCollection parameters)
    {
        foreach (var parameter in _parameters)
            parameters.Add(parameter.Clone());
    }
}
