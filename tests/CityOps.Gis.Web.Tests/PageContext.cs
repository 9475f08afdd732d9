using System.Globalization;
using Bunit;
using CityOps.Gis.Layers;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace CityOps.Gis.Tests.Web;

/// <summary>What components need to be rendered in a test, in the given language, with the product's own layers.</summary>
public sealed class PageContext : BunitContext
{
    public PageContext(string language = "zh")
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(language);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddLogging();
        Services.AddMudServices();
        Services.AddSingleton(PostGisDatabase.Catalog);
        Services.AddSingleton(new GisWebOptions { ConnectionString = "", LayerFolders = [] });
        Services.AddSingleton<FieldText>();
        Services.AddSingleton<LiveLayers>();
    }

    public static LayerDefinition Layer(string id) => PostGisDatabase.Catalog.Find(id)!;
}
