using System.Globalization;
using CityOps.Gis.Layers;
using CityOps.Gis.Queries;

namespace CityOps.Gis.Testing;

/// <summary>Random filters in CQL2 text over a layer's properties: every operator, values that occur and values that do not. The same random numbers give the same filter.</summary>
/// <param name="words">Texts that occur in a property; of others a few odd ones.</param>
/// <param name="exact">Also the spatial relations that depend on a hair's breadth, and places that are lines and points.</param>
public sealed class RandomCql(Random random, LayerDefinition layer, IReadOnlyDictionary<string, string[]> words, bool exact = true)
{
    static readonly string[] OddWords = ["", "'", "a%b", "_", "100%", "ÄÖ straße", "Ж", "井盖", "雨水 井盖", "ＡＢＣ", "nowhere", "x\\y", "𠀀"];
    static readonly string[] Comparisons = ["=", "<>", "<", ">", "<=", ">="];

    /// <summary>A condition of at most so many levels.</summary>
    public string Condition(int depth) => depth <= 0 ? Atom() : random.Next(8) switch
    {
        0 or 1 => $"{Condition(depth - 1)} AND {Condition(depth - 1)}",
        2 or 3 => $"({Condition(depth - 1)} OR {Condition(depth - 1)})",
        4 => $"NOT ({Condition(depth - 1)})",
        5 => $"({Condition(depth - 1)}) {One("=", "<>")} {One("TRUE", "FALSE")}",
        _ => Atom(),
    };

    string Atom()
    {
        for (; ; )
            switch (random.Next(14))
            {
                case 0 when Texts() is { Length: > 0 }:
                    return $"{Text()} {Not()}LIKE {(random.Next(2) == 0 ? Quote(Pattern()) : $"casei({Quote(Pattern())})")}";
                case 1 or 2:
                    return $"{Text()} {One(Comparisons)} {(random.Next(5) == 0 ? Text() : Word(_last))}";
                case 3:
                    return $"{Text()} {Not()}IN ({string.Join(", ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(8) == 0 ? Text() : Word(_last)))})";
                case 4:
                    return $"{Property(_ => true)} IS {Not()}NULL";
                case 5:
                    return $"{Number(2)} {One(Comparisons)} {Number(1)}";
                case 6:
                    return $"{Number(1)} {Not()}BETWEEN {Number(0)} AND {Number(1)}";
                case 7 when Property(type => type == FieldType.Boolean) is { Length: > 0 } truth:
                    return random.Next(2) == 0 ? truth : $"{truth} {One("=", "<>")} {One("TRUE", "FALSE")}";
                case 8 when Time() is { Length: > 0 } time:
                    return $"{time} {One(Comparisons)} {(random.Next(3) == 0 ? Time() : Instant())}";
                case 9 when Time() is { Length: > 0 } time:
                    return $"T_{One("AFTER", "BEFORE", "CONTAINS", "DISJOINT", "DURING", "EQUALS", "FINISHEDBY", "FINISHES", "INTERSECTS", "MEETS", "METBY", "OVERLAPPEDBY", "OVERLAPS", "STARTEDBY", "STARTS")}({Span(time)}, {Span(Time())})";
                case 10 or 11 when layer.Geometry != GeometryKind.None:
                    return Spatial();
                case 12 when Property(type => type == FieldType.List) is { Length: > 0 } list:
                    return $"A_{One("EQUALS", "CONTAINS", "CONTAINEDBY", "OVERLAPS")}({list}, [{string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Word(list)))}])";
                case 13 when random.Next(6) == 0:
                    return One("TRUE", "FALSE");
            }
    }

    string _last = "";

    string Property(Func<FieldType?, bool> fits) => Queryables.Of(layer).Where(one => fits(one.Type)).ToArray() is { Length: > 0 } found ? _last = found[random.Next(found.Length)].Name : "";

    string Texts() => Property(type => type == FieldType.Text);

    string Text()
    {
        var name = Texts();
        return random.Next(5) == 0 ? $"CASEI({name})" : name;
    }

    string Word(string property)
    {
        var known = words.GetValueOrDefault(property, []);
        return Quote(known.Length == 0 || random.Next(6) == 0 ? One(OddWords) : One(known));
    }

    string Pattern()
    {
        var word = words.GetValueOrDefault(_last) is { Length: > 0 } known ? One(known) : One(OddWords);
        word = word.EndsWith('\\') ? "" : word;
        var (from, length) = (random.Next(word.Length + 1), random.Next(word.Length + 1));
        var part = word.Substring(from, Math.Min(length, word.Length - from));
        part = part.Length > 0 && (char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]) || part[^1] == '\\') ? "" : part;
        return random.Next(5) switch { 0 => part + "%", 1 => "%" + part, 2 => part.Length > 0 ? "_" + part[1..].TrimStart('\uDC00') + "%" : "%_", 3 => "%" + part + "%", _ => part };
    }

    string Number(int depth)
    {
        if (depth > 0 && random.Next(3) == 0)
            return $"({Number(depth - 1)} {One("+", "-", "*", "/", "%", "DIV", "^")} {Number(depth - 1)})";
        return random.Next(2) == 0 ? Property(type => type is FieldType.Integer or FieldType.Real) : random.Next(4) switch
        {
            0 => random.Next(-3, 20).ToString(CultureInfo.InvariantCulture),
            1 => (random.Next(-40, 400) / 8.0).ToString(CultureInfo.InvariantCulture),
            2 => random.Next(20_000).ToString(CultureInfo.InvariantCulture),
            _ => One("0", "1e300", "-2", "0.5", "9007199254740993", "1E-200"),
        };
    }

    string Time() => Property(type => type is FieldType.Date or FieldType.DateTime);

    string Instant() => random.Next(2) == 0 ? $"DATE('{Day()}')" : $"TIMESTAMP('{Moment()}')";

    string Day() => new DateOnly(2023, 12, 1).AddDays(random.Next(430)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    string Moment() => new DateTime(2023, 12, 1).AddSeconds(random.Next(430 * 86400)).ToString(One("yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:00:00'+08:00'"), CultureInfo.InvariantCulture);

    string Span(string time) => random.Next(4) switch
    {
        0 => Instant(),
        1 => $"INTERVAL({time}, {One("'..'", Time())})",
        2 => random.Next(2) == 0 ? $"INTERVAL('{Day()}', '..')" : $"INTERVAL('..', '{Moment()}')",
        _ => time,
    };

    string Spatial()
    {
        var relation = exact ? One("INTERSECTS", "DISJOINT", "WITHIN", "CONTAINS", "TOUCHES", "CROSSES", "OVERLAPS", "EQUALS") : One("INTERSECTS", "DISJOINT");
        return random.Next(4) == 0 ? $"S_{relation}({Place()}, geom)" : $"S_{relation}(geom, {Place()})";
    }

    string Place() => random.Next(exact ? 6 : 4) switch
    {
        0 => Box(),
        4 => $"LINESTRING({Spot()}, {Spot()}, {Spot()})",
        5 => $"POINT({Spot()})",
        _ => RandomPlaces.Polygon(random),
    };

    string Box()
    {
        double west = 118 + random.NextDouble() * 0.15, south = 24.4 + random.NextDouble() * 0.15;
        return string.Create(CultureInfo.InvariantCulture, $"BBOX({west}, {south}, {west + 0.001 + random.NextDouble() * 0.1}, {south + 0.001 + random.NextDouble() * 0.1})");
    }

    string Spot() => string.Create(CultureInfo.InvariantCulture, $"{118 + random.NextDouble() * 0.2} {24.4 + random.NextDouble() * 0.2}");

    string Not() => random.Next(3) == 0 ? "NOT " : "";

    string One(params string[] choices) => choices[random.Next(choices.Length)];

    static string Quote(string word) => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'";
}
