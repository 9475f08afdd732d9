using System.Globalization;
using System.Text;
using CityOps.Gis.Access;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.PostGis.Cases;
using CityOps.Gis.Queries;
using CityOps.Gis.Testing;
using CityOps.Gis.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CityOps.Gis.Tests.Web.Access;

/// <summary>The small city with one thing of every layer in its eastern district, each of which bears the same word; and callers of any role and scope.</summary>
public sealed class SecretCity : IAsyncLifetime
{
    /// <summary>Stands in names, keys, notes and photos of what is hidden, followed by the layer.</summary>
    public const string Word = "HIDDENWORD";

    const double Longitude = 118.0125, Latitude = 24.4075;
    const int Zoom = 16;
    // Some answers repeat the question: it has the beginning of the word.
    static readonly string[] s_questions = ["", $"?q={Word[..^1]}&layers=components,cases,devices,cameras&limit=100&f=json&cell=square&size=500"];

    readonly PostGisDatabase _database = new();
    readonly Dictionary<string, long> _hidden = [];
    readonly List<HttpClient> _clients = [];
    readonly Dictionary<string, Caller> _callers = [];
    WebApplication? _host;
    string _number = "1", _photo = "1";

    /// <summary>The hidden feature of each layer.</summary>
    public IReadOnlyDictionary<string, long> Hidden => _hidden;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        if (_database.ConnectionString == "")
            return;
        _host = GisWebHost.Build(new()
        {
            ConnectionString = _database.ConnectionString, LayerFolders = [Path.Combine(AppContext.BaseDirectory, "layers")], Urls = "http://127.0.0.1:0", Safety = new() { RateFactor = 0 },
            Access = new() { Trusted = context => _callers.GetValueOrDefault(context.Request.Headers["X-Caller"].ToString()) },
        });
        await _host.StartAsync();
        await _database.Run(SmallCity.Sql);
        foreach (var layer in _host.Services.GetRequiredService<LayerCatalog>().Layers.Where(layer => !Caller.PublicSpine.Contains(layer.Id) && layer.Geometry != GeometryKind.None && layer.Id != CaseTables.LayerId))
            _hidden.Add(layer.Id, await Hide(layer));
        await _database.Run($"""
            insert into devices.alarm (fid, rule, quantity, raised_at, value, threshold, worst, who, note) values ({_hidden["devices"]}, 'r', 'q', now(), 1, 1, 1, '{Word}devices', '{Word}devices')
            """);
        await HideCase();
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        if (_host is not null)
            await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <param name="scope">Null: the whole city.</param>
    public SecretCaller As(string role, JurisdictionScope? scope)
    {
        // Skips the test where there is no database.
        _ = _database.Source;
        var id = string.Create(CultureInfo.InvariantCulture, $"{role}-{_callers.Count}");
        _callers[id] = new(id, role, Role.Find(role)!.Permissions, scope) { Roles = [role] };
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(_host!.Urls.First()), DefaultRequestHeaders = { { "X-Caller", id } } };
        _clients.Add(client);
        return new(client);
    }

    /// <summary>Every address that can be read, with what is hidden in its places.</summary>
    /// <param name="ofLayer">Which layers stand where an address names one.</param>
    public IEnumerable<(RouteEndpoint Endpoint, string Path)> Addresses(Func<string, bool> ofLayer)
        => from endpoint in _host!.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true
           let pattern = endpoint.RoutePattern
           where pattern.RawText?.TrimStart('/').StartsWith('_') == false && pattern.RawText != "/sign-out"
           from thing in Things(pattern, ofLayer)
           from format in pattern.Parameters.Any(part => part.Name == "format") ? new[] { "csv", "geojson", "json", "xml" } : [""]
           from question in s_questions
           select (endpoint, PathOf(pattern, thing, format) + question);

    /// <summary>All bytes of an answer; a stream of events is not waited for.</summary>
    public static async Task<string> Body(HttpResponseMessage answer)
        => answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : Encoding.Latin1.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

    // An address without a layer is asked for the feature of each that it may mean.
    IEnumerable<KeyValuePair<string, long>> Things(RoutePattern pattern, Func<string, bool> ofLayer)
    {
        var names = pattern.Parameters.Select(part => part.Name).ToHashSet();
        return names.Contains("layerId") || names.Contains("collectionId") || names.Contains("fid") ? _hidden.Where(one => ofLayer(one.Key)) : [_hidden.First()];
    }

    string PathOf(RoutePattern pattern, KeyValuePair<string, long> thing, string format)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
                path.Append(part switch { RoutePatternLiteralPart literal => literal.Content, RoutePatternSeparatorPart separator => separator.Content, RoutePatternParameterPart place => Value(place.Name, thing, format), _ => "" });
        }
        return path.Length == 0 ? "/" : path.ToString();
    }

    string Value(string name, KeyValuePair<string, long> thing, string format) => name switch
    {
        "layerId" or "collectionId" => thing.Key,
        "fid" or "featureId" => thing.Value.ToString(CultureInfo.InvariantCulture),
        "z" or "zoom" or "tileMatrix" => Zoom.ToString(CultureInfo.InvariantCulture),
        "x" or "tileCol" => ((int)((Longitude + 180) / 360 * (1 << Zoom))).ToString(CultureInfo.InvariantCulture),
        "y" or "row" or "tileRow" => ((int)((1 - Math.Asinh(Math.Tan(Latitude * Math.PI / 180)) / Math.PI) / 2 * (1 << Zoom))).ToString(CultureInfo.InvariantCulture) + (name == "row" || name == "y" ? ".mvt" : ""),
        "format" => format,
        "id" => _photo,
        "number" => _number,
        "setId" => "WebMercatorQuad",
        _ => "1",
    };

    // What the layer demands, no more: its jurisdiction follows from where it lies.
    async Task<long> Hide(LayerDefinition layer)
    {
        var fields = layer.StoredFields.Where(field => field.Required || field.Name == layer.Key || field.Name == layer.Name).ToList();
        var geometry = layer.Geometry switch
        {
            GeometryKind.Polygon => $"ST_Multi(ST_Expand(ST_SetSRID(ST_MakePoint({Longitude}, {Latitude}), 4490), 0.0002))",
            GeometryKind.Line => $"ST_Multi(ST_SetSRID(ST_MakeLine(ST_MakePoint({Longitude}, {Latitude}), ST_MakePoint({Longitude} + 0.0001, {Latitude})), 4490))",
            _ => $"ST_SetSRID(ST_MakePoint({Longitude}, {Latitude}), 4490)",
        };
        return await _database.Value<long>(FormattableString.Invariant($"""
            insert into {SqlName.Table(layer.Id)} ({string.Join(", ", fields.Select(field => SqlName.Quote(field.Name)))}, geom)
            values ({string.Join(", ", fields.Select(field => ValueOf(layer, field)))}, {geometry}) returning fid
            """));
    }

    static string ValueOf(LayerDefinition layer, LayerField field) => field.Type switch
    {
        FieldType.Text => $"left('{Word}{layer.Id}', {field.Width ?? 100})",
        FieldType.Date or FieldType.DateTime => "now()",
        FieldType.List => "'{}'",
        FieldType.Boolean => "true",
        _ => "1",
    };

    async Task HideCase()
    {
        byte[] picture = [0xff, 0xd8, 0xff, .. Encoding.ASCII.GetBytes($"{Word}{CaseTables.LayerId}")];
        var outcome = await _host!.Services.GetRequiredService<CaseIntake>().Report(new("02043", $"{Word}{CaseTables.LayerId}") { Place = (Longitude, Latitude), Title = $"{Word}{CaseTables.LayerId}", Photos = [new(picture, picture, 1, 1)] });
        Assert.True(outcome.IsDone, outcome.Refusal?.Sentence.En);
        _hidden.Add(CaseTables.LayerId, outcome.State!.Fid);
        _number = outcome.State.Number;
        _photo = await _database.Value<string>("select id::text from cases.photo") ?? _photo;
    }
}
