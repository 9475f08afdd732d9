using System.Runtime.CompilerServices;
using CityOps.Gis.Queries;
using CityOps.Gis.Queries.Cql2;

namespace CityOps.Gis.Tiles.Snapshots.Predicates;

/// <summary>
/// What a question asks of a snapshot's rows beyond codes, times and a box: area, circle, words, filter and scope. Made once for a question and a snapshot, because a
/// dictionary of many texts takes longer to go through than a tile to draw.
/// </summary>
static class QuestionConditions
{
    static readonly ConditionalWeakTable<LayerSnapshot, ConditionalWeakTable<FeatureQuery, Made>> Known = [];

    public static RowCondition[] Of(LayerSnapshot snapshot, FeatureQuery query, DepartmentTree departments)
    {
        if (query is { Polygon: null, Near: null, Text: null, Filter: null, Scope: null })
            return [];
        var made = Known.GetOrCreateValue(snapshot);
        if (made.TryGetValue(query, out var known) && known.Departments == departments)
            return known.Conditions;
        var conditions = Make(snapshot, query, departments).ToArray();
        made.AddOrUpdate(query, new(departments, conditions));
        return conditions;
    }

    static IEnumerable<RowCondition> Make(LayerSnapshot snapshot, FeatureQuery query, DepartmentTree departments)
    {
        if (query.Scope is { } scope)
            yield return Within(snapshot, scope, departments);
        if (query.Filter is { } filter)
            yield return Of(snapshot, filter.Normal);
        if (query.Polygon is { } polygon)
            yield return new AreaCondition(snapshot, polygon);
        if (query.Near is { } near)
            yield return new CircleCondition(snapshot, near);
        foreach (var word in query.Words)
            yield return Holding(snapshot, word);
    }

    static RowCondition Of(LayerSnapshot snapshot, CqlExpression normal) => normal switch
    {
        CqlCall call when OnlyDictionary(snapshot, call) is { } column => CodeTable.Of(snapshot, column, new FilterCompiler(snapshot, new(snapshot, byCode: true)).Of(call)),
        CqlCall { Name: "and" } call => new EveryCondition([.. call.Arguments.Select(one => Of(snapshot, one))]),
        CqlCall { Name: "or" } call => new EitherCondition([.. call.Arguments.Select(one => Of(snapshot, one))]),
        CqlCall { Operator.Kind: CqlOperatorKind.Spatial } call => new AreaCondition(snapshot, AreaOf(call)),
        CqlCall { Name: "not", Arguments: [CqlCall { Operator.Kind: CqlOperatorKind.Spatial } call] } => new AreaCondition(snapshot, AreaOf(call), isOutside: true),
        _ => new RowTest(new FilterCompiler(snapshot, new(snapshot, byCode: false)).Of(normal)),
    };

    static NetTopologySuite.Geometries.Geometry AreaOf(CqlCall call) => call.Arguments.OfType<CqlGeometry>().First().Place;

    // The one dictionary that all of an expression's properties are read from.
    static CodeColumn? OnlyDictionary(LayerSnapshot snapshot, CqlCall call)
    {
        var columns = Properties(call).Select(property => ColumnReaders.CodesOf(snapshot, property.Name)).Distinct().Take(2).ToList();
        return columns is [{ } only] ? only : null;
    }

    static IEnumerable<CqlProperty> Properties(CqlExpression one) => one switch
    {
        CqlProperty property => [property],
        CqlCall call => call.Arguments.SelectMany(Properties),
        CqlArray array => array.Items.SelectMany(Properties),
        _ => [],
    };

    static RowCondition Within(LayerSnapshot snapshot, JurisdictionScope scope, DepartmentTree departments)
    {
        (CodeColumn Column, IEnumerable<string> Codes)[] either =
        [
            (snapshot.District, scope.Districts), (snapshot.Subdistrict, scope.Subdistricts), (snapshot.Community, scope.Communities), (snapshot.Grid, scope.Grids),
            (snapshot.Department, departments.Below(scope.Departments)),
        ];
        RowCondition[] asked = [.. either.Where(one => one.Codes.Any()).Select(one => CodeTable.Of(snapshot, one.Column, SnapshotConditions.AnyOf(one.Column, one.Codes)))];
        return asked is [var only] ? only : new EitherCondition(asked);
    }

    // Some searchable field holds the word.
    static EitherCondition Holding(LayerSnapshot snapshot, string word)
    {
        var wanted = System.Text.Encoding.UTF8.GetBytes(CaseFolding.Fold(word));
        return new([.. SnapshotAnswers.Searchable(snapshot.Layer).Select(RowCondition (field) =>
        {
            var column = ColumnReaders.CodesOf(snapshot, field.Name);
            var (read, folded) = (new ColumnReaders(snapshot, byCode: column is not null).Text(field.Name), new FoldedText());
            bool Test(int at) => read(at, out var text) && folded.Fold(text).IndexOf(wanted) >= 0;
            return column is null ? new RowTest(Test) : CodeTable.Of(snapshot, column, Test);
        })]);
    }

    sealed record Made(DepartmentTree Departments, RowCondition[] Conditions);
}
