using CityOps.Gis.Grids;
using CityOps.Gis.Heat;
using CityOps.Gis.PostGis;
using CityOps.Gis.Tiling;
using NetTopologySuite.Geometries;
using SkiaSharp;

namespace CityOps.Gis.Tiles.Heat;

/// <summary>
/// A heat map as PNG to be handed on: title and legend in Chinese and English, the cells in Web Mercator, outlines of the districts, a scale bar true at the middle
/// of the picture, and the total.
/// </summary>
sealed class HeatPicture(HeatAnswer answer, AreaSet districts, int width)
{
    public const string ContentType = "image/png";
    public const int LeastWidth = 400, MostWidth = 4000, UsualWidth = 1200;
    const float TitleHeight = 84, Margin = 16;
    const double World = 4294967296.0;

    readonly int _height = width * 3 / 4;
    readonly float _legendWidth = Math.Max(200, width / 5f);

    // Share of the Mercator square at the map's left and top edge, and pixels per share.
    double _left, _top, _scale;

    public void Write(Stream into)
    {
        using var bitmap = new SKBitmap(width, _height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        Fit();
        canvas.Save();
        canvas.ClipRect(SKRect.Create(Margin, TitleHeight, MapWidth, MapHeight));
        for (var cell = 0; cell < answer.Length; cell++)
            DrawCell(canvas, cell);
        DrawOutlines(canvas);
        canvas.Restore();
        DrawTitle(canvas);
        DrawLegend(canvas);
        DrawScale(canvas);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(into);
    }

    float MapWidth => width - _legendWidth - 3 * Margin;
    float MapHeight => _height - TitleHeight - Margin;

    // The districts, or where there are none, all cells.
    void Fit()
    {
        var box = districts.Extent?.Copy() ?? new Envelope();
        if (box.IsNull)
            for (var cell = 0; cell < answer.Length; cell++)
                if (answer.Centre(cell) is var (longitude, latitude))
                    box.ExpandToInclude(longitude, latitude);
        if (box.IsNull)
            box = new(117, 119, 24, 25);
        if (box.Width == 0)
            box.ExpandBy(0.01);
        var (left, right, top, bottom) = (WebMercator.U(box.MinX), WebMercator.U(box.MaxX), WebMercator.V(box.MaxY), WebMercator.V(box.MinY));
        _scale = 0.96 * Math.Min(MapWidth / (right - left), MapHeight / (bottom - top));
        (_left, _top) = ((left + right) / 2 - MapWidth / 2 / _scale, (top + bottom) / 2 - MapHeight / 2 / _scale);
    }

    SKPoint At(double u, double v) => new((float)(Margin + (u - _left) * _scale), (float)(TitleHeight + (v - _top) * _scale));

    SKPoint AtDegrees(double longitude, double latitude) => At(WebMercator.U(longitude), WebMercator.V(latitude));

    void DrawCell(SKCanvas canvas, int cell)
    {
        if (ColorOf(cell) is not { } color)
            return;
        using var path = new SKPathBuilder();
        if (answer.Lattice is { } lattice)
            path.AddPoly([.. lattice.Corners(HeatCell.Of(answer.Keys[cell])).Select(one => At(one.X / World, one.Y / World))], true);
        else if (answer.AreaOf(cell) is >= 0 and var area && answer.Areas!.Shapes[area] is { } shape)
            Add(path, shape);
        using var paint = new SKPaint { Color = SKColor.Parse(color), Style = SKPaintStyle.Fill };
        using var drawn = path.Detach();
        canvas.DrawPath(drawn, paint);
    }

    string? ColorOf(int cell)
    {
        if (answer.Spots is { } spots)
            return double.IsNaN(spots.Z[cell]) ? null : HeatLegend.Spots[spots.Spot(cell) + 3];
        return answer.Values[cell] is var value && double.IsFinite(value) && (value != 0 || answer.Legend.Centre is not null) ? answer.Legend.Colors[answer.Legend.ClassOf(value)] : null;
    }

    void Add(SKPathBuilder path, Geometry geometry)
    {
        for (var part = 0; part < geometry.NumGeometries; part++)
            if (geometry.GetGeometryN(part) is Polygon { IsEmpty: false } polygon)
                foreach (var ring in polygon.Holes.Prepend(polygon.Shell))
                    path.AddPoly([.. ring.Coordinates.Select(one => AtDegrees(one.X, one.Y))], true);
        path.FillType = SKPathFillType.EvenOdd;
    }

    void DrawOutlines(SKCanvas canvas)
    {
        using var paint = new SKPaint { Color = new(70, 80, 90), Style = SKPaintStyle.Stroke, StrokeWidth = 1.2f, IsAntialias = true };
        foreach (var shape in districts.Shapes.OfType<Geometry>())
        {
            using var path = new SKPathBuilder();
            Add(path, shape);
            using var drawn = path.Detach();
            canvas.DrawPath(drawn, paint);
        }
    }

    void DrawTitle(SKCanvas canvas)
    {
        var title = HeatTitles.Title(answer);
        Text(canvas, title.Zh, Margin, 34, 24);
        Text(canvas, title.En, Margin, 60, 16);
    }

    void DrawLegend(SKCanvas canvas)
    {
        var (x, y) = (width - _legendWidth - Margin, TitleHeight + 8);
        Text(canvas, "图例 Legend", x, y, 16);
        foreach (var (color, label) in Entries())
        {
            y += 26;
            using (var paint = new SKPaint { Color = SKColor.Parse(color), Style = SKPaintStyle.Fill })
                canvas.DrawRect(x, y - 13, 24, 16, paint);
            Text(canvas, label, x + 32, y, 13);
        }
        Text(canvas, $"总数 Total {HeatTitles.Number(answer.Total)}", x, y + 40, 13);
        if (answer.Spots?.Moran is { } moran && double.IsFinite(moran.Z))
            Text(canvas, $"Moran's I {HeatTitles.Number(moran.Index)} (z {HeatTitles.Number(moran.Z)})", x, y + 62, 13);
    }

    IEnumerable<(string Color, string Label)> Entries() => answer.Spots is not null
        ? Enumerable.Range(-3, 7).Select(spot => (HeatLegend.Spots[spot + 3], HeatTitles.Spots(spot) is var text ? $"{text.Zh} {text.En}" : ""))
        : answer.Legend.Colors.Select((color, number) => (color, HeatTitles.Range(answer.Legend, number)));

    // The longest of 1, 2 and 5 times a power of ten metres that fits a quarter of the map.
    void DrawScale(SKCanvas canvas)
    {
        var latitude = WebMercator.Latitude(_top + MapHeight / 2 / _scale);
        var pixelsPerMeter = _scale / 360 / EllipsoidArea.MetersPerDegree(latitude).PerLon;
        var most = MapWidth / 4 / pixelsPerMeter;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        var meters = power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
        var (x, y, length) = (2 * Margin, _height - 2 * Margin, (float)(meters * pixelsPerMeter));
        using (var ground = new SKPaint { Color = SKColors.White.WithAlpha(220), Style = SKPaintStyle.Fill })
            canvas.DrawRect(x - 8, y - 26, Math.Max(length, 60) + 16, 34, ground);
        using var paint = new SKPaint { Color = SKColors.Black, StrokeWidth = 2 };
        canvas.DrawLine(x, y, x + length, y, paint);
        canvas.DrawLine(x, y - 5, x, y + 1, paint);
        canvas.DrawLine(x + length, y - 5, x + length, y + 1, paint);
        Text(canvas, meters >= 1000 ? $"{HeatTitles.Number(meters / 1000)} km" : $"{HeatTitles.Number(meters)} m", x, y - 8, 13);
    }

    static void Text(SKCanvas canvas, string text, float x, float y, float size)
    {
        using var font = new SKFont(MapFont.Typeface, size);
        using var paint = new SKPaint { Color = new(30, 34, 40), IsAntialias = true };
        canvas.DrawText(text, x, y, SKTextAlign.Left, font, paint);
    }
}
