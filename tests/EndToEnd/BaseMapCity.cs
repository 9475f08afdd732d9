using CityOps.Gis.BaseMaps;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Microsoft.Data.Sqlite;
using SkiaSharp;

namespace CityOps.Gis.Tests.EndToEnd;

/// <summary>The map over the city of <see cref="Coast"/> with two base maps: a file with one colour everywhere, and a server that does not answer.</summary>
public sealed class BaseMapCity() : HostedMap(Coast.Sql)
{
    /// <summary>Of all pictures of the file, <c>#rrggbb</c>.</summary>
    public const string Color = "#b08040";
    const int DeepestZoom = 3;
    readonly TempFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override GisWebOptions With(GisWebOptions options) => options with
    {
        BaseMaps = new()
        {
            Folder = _folder.File("kept"),
            Maps =
            [
                new() { Id = "file", Title = new("影像", "Imagery"), Kind = BaseMapKind.MbTiles, File = Written(_folder.File("city.mbtiles")), MaxZoom = DeepestZoom, Attribution = new("测试影像 <b>", "Test imagery <b>") },
                new() { Id = "silent", Title = new("不通的底图", "Silent map"), Kind = BaseMapKind.Xyz, Url = "http://127.0.0.1:9/{z}/{x}/{y}" },
            ],
        },
    };

    static string Written(string file)
    {
        using var bitmap = new SKBitmap(256, 256);
        bitmap.Erase(SKColor.Parse(Color));
        using var picture = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        using var database = new SqliteConnection($"Data Source={file}");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = $"""
            create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
            with recursive n(n) as (select 0 union all select n + 1 from n where n < {(1 << DeepestZoom) - 1})
            insert into tiles select {DeepestZoom}, x.n, y.n, $data from n x, n y
            """;
        command.Parameters.AddWithValue("$data", picture.ToArray());
        command.ExecuteNonQuery();
        return file;
    }
}
