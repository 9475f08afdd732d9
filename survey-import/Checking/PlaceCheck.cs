using System.Buffers.Binary;
using CityOps.Gis.Layers;
using CityOps.Gis.SurveyImport.Sources;
using NetTopologySuite.IO;
using NetTopologySuite.Operation.Valid;

namespace CityOps.Gis.SurveyImport.Checking;

/// <summary>Where a row is: brings its geometry to EPSG:4490 and checks that it is one, of the right kind, valid and inside the survey area.</summary>
/// <param name="place">How the delivered coordinates become stored ones.</param>
sealed class PlaceCheck(CheckContext context, Placement place)
{
    readonly WKBReader _wkb = new();
    (double X, double Y)? _first;

    /// <summary>True while every position was the same.</summary>
    public bool AllAtOneSpot { get; private set; } = true;
    public long Positions { get; private set; }

    public GeometryColumn? Check(FeatureChunk chunk, Findings findings)
    {
        if (context.Layer.Geometry == GeometryKind.None)
            return null;
        if (chunk.Geometry is not { } delivered)
        {
            for (var row = 0; row < chunk.Count; row++)
                findings.Add(IssueCode.GeometryEmpty, row, null, null);
            return new(chunk.Count);
        }
        var stored = place.Apply(delivered, chunk.Count);
        for (var row = 0; row < chunk.Count; row++)
            CheckRow(delivered, stored, row, findings);
        return stored;
    }

    void CheckRow(GeometryColumn delivered, GeometryColumn stored, int row, Findings findings)
    {
        if (stored.IsEmpty[row])
        {
            findings.Add(IssueCode.GeometryEmpty, row, null, null);
            return;
        }
        var (x, y) = (stored.X[row], stored.Y[row]);
        if (!double.IsFinite(x) || !double.IsFinite(y) || !Placement.IsFinite(stored.Wkb[row]))
        {
            findings.Add(IssueCode.GeometryNotANumber, row, null, Show(delivered, row));
            (stored.X[row], stored.Y[row], stored.IsEmpty[row]) = (0, 0, true);
            return;
        }
        Remember(x, y);
        if (context.Layer.Geometry is not GeometryKind.Any && (stored.Kinds[row] != context.Layer.Geometry || context.Layer.Geometry == GeometryKind.Point && stored.Wkb[row] is not null))
            findings.Add(IssueCode.GeometryKindRefused, row, null, stored.Kinds[row].ToString(), context.Layer.Geometry.ToString());
        if (stored.Wkb[row] is { } wkb && stored.Kinds[row] != GeometryKind.Point)
            CheckValid(wkb, row, findings);
        if (Math.Abs(x) > 180 || Math.Abs(y) > 90 || context.Area is { } area && !area.Contains(x, y) && !Reaches(area, stored.Wkb[row]))
            findings.Add(IssueCode.OutsideSurveyArea, row, null, Show(delivered, row));
    }

    // A line or polygon belongs to the area when any of its points does: a bridge begins over the sea.
    static bool Reaches(SurveyMask area, byte[]? wkb)
    {
        var reaches = false;
        if (wkb is not null)
            Wkb.ForEachRun(wkb, (run, points) =>
            {
                for (var point = 0; point < points && !reaches; point++)
                    reaches = area.Contains(BinaryPrimitives.ReadDoubleLittleEndian(run.Span[(point * 16)..]), BinaryPrimitives.ReadDoubleLittleEndian(run.Span[(point * 16 + 8)..]));
            });
        return reaches;
    }

    void CheckValid(byte[] wkb, int row, Findings findings)
    {
        var isGrid = context.Layer.Id == "unit_grids";
        try
        {
            var check = new IsValidOp(_wkb.Read(wkb));
            if (!check.IsValid)
                findings.Add(isGrid ? IssueCode.GridNotClosedOrInvalid : IssueCode.GeometryInvalid, row, null, check.ValidationError.Message);
        }
        catch (Exception fault) when (fault is ArgumentException or ParseException)
        {
            // NetTopologySuite throws for rings that are not closed or have too few points.
            findings.Add(isGrid ? IssueCode.GridNotClosedOrInvalid : IssueCode.GeometryInvalid, row, null, fault.Message);
        }
    }

    void Remember(double x, double y)
    {
        Positions++;
        _first ??= (x, y);
        if (AllAtOneSpot && (Math.Abs(x - _first.Value.X) > 1e-6 || Math.Abs(y - _first.Value.Y) > 1e-6))
            AllAtOneSpot = false;
    }

    static string Show(GeometryColumn geometry, int row) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{geometry.X[row]:R}, {geometry.Y[row]:R}");
}
