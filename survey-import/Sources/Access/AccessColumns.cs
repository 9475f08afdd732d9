using System.Globalization;

namespace CityOps.Gis.SurveyImport.Sources.Access;

/// <summary>Types of Access columns, as <c>mdb-schema</c> lists them, and columns of those types from the texts that <c>mdb-export</c> writes.</summary>
static class AccessColumns
{
    /// <summary>Columns of a table, in its order.</summary>
    public static SourceColumn[] Of(DeliveryFile file, string table)
        => [.. MdbTools.Output(file, "mdb-schema", "--no-indexes", "--no-relations", "-T", table, "--", file.Path)
            .Split('\n').Where(line => line.StartsWith("\t[", StringComparison.Ordinal)).Select(Parse)];

    /// <exception cref="FormatException">A text is none of the type.</exception>
    public static Column From(SourceColumnType type, string?[] texts) => type switch
    {
        SourceColumnType.Integer or SourceColumnType.Boolean
            => new IntegerColumn(Read(texts, text => long.Parse(text, CultureInfo.InvariantCulture), IntegerColumn.Missing)),
        SourceColumnType.Real => new RealColumn(Read(texts, text => double.Parse(text, CultureInfo.InvariantCulture), double.NaN)),
        SourceColumnType.Timestamp => new TimestampColumn(Read(
            texts, text => DateTime.ParseExact(text, "s", CultureInfo.InvariantCulture).Ticks, TimestampColumn.Missing)),
        _ => new TextColumn(texts),
    };

    static T[] Read<T>(string?[] texts, Func<string, T> parse, T missing) => [.. texts.Select(text => text is null ? missing : parse(text))];

    // "	[ObjID]			Text (18), ": name, type, and for texts a width in characters; a boolean is NOT NULL.
    static SourceColumn Parse(string line)
    {
        var close = line.IndexOf("]\t", StringComparison.Ordinal);
        var words = line[(close + 1)..].Trim('\t', ' ', ',', '\r');
        var type = TypeOf(words);
        var isText = words.StartsWith("Text (", StringComparison.Ordinal);
        return new(line[2..close], type, isText && int.TryParse(words[6..].Split(')')[0], CultureInfo.InvariantCulture, out var width) ? width : null);
    }

    static SourceColumnType TypeOf(string words) => words.Split(" (")[0] switch
    {
        "Boolean" or "Boolean NOT NULL" => SourceColumnType.Boolean,
        "Byte" or "Integer" or "Long Integer" => SourceColumnType.Integer,
        "Single" or "Double" or "Currency" or "Numeric" => SourceColumnType.Real,
        "DateTime" => SourceColumnType.Timestamp,
        _ => SourceColumnType.Text,
    };
}
