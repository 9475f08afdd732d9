using System.Net;
using CityOps.Gis.BaseMaps;
using CityOps.Gis.Tiling;

namespace CityOps.Gis.Web.Api.BaseMaps;

/// <summary>Tiles of an XYZ or WMTS server.</summary>
sealed class HttpTileSource(HttpClient client, BaseMapDefinition map, string key) : ITileSource
{
    const int MostBytes = 4 << 20;

    public async Task<TilePicture?> Fetch(TileCoord tile, CancellationToken cancel)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(TimeSpan.FromSeconds(15));
        try
        {
            using var answer = await client.GetAsync(BaseMapAddress.Of(map, tile, key), HttpCompletionOption.ResponseHeadersRead, soon.Token);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NoContent)
                return null;
            if (!answer.IsSuccessStatusCode)
                throw new TileSourceException(map.Id, $"tile {tile} was answered by {(int)answer.StatusCode}.");
            if (answer.Content.Headers.ContentLength > MostBytes)
                throw new TileSourceException(map.Id, $"tile {tile} is larger than {MostBytes} bytes.");
            var picture = new TilePicture(await answer.Content.ReadAsByteArrayAsync(soon.Token));
            return picture.ContentType is not null ? picture : throw new TileSourceException(map.Id, $"tile {tile} is no picture.");
        }
        catch (HttpRequestException fault)
        {
            throw new TileSourceException(map.Id, $"the server does not answer for tile {tile}.", fault);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new TileSourceException(map.Id, $"the server was too slow for tile {tile}.", fault);
        }
    }
}
