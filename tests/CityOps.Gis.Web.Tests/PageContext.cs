using System.Globalization;
using Bunit;
using CityOps.Gis.Exports;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.Testing;
using CityOps.Gis.Tiles.Following;
using CityOps.Gis.Web;
using CityOps.Gis.Web.Api.Ogc;
using CityOps.Gis.Web.Api.Search;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Cases;
using CityOps.Gis.Web.Components.Features;
using CityOps.Gis.Web.Components.Views;
using CityOps.Gis.Web.Emergencies;
using CityOps.Gis.Web.Outage;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Npgsql;

namespace CityOps.Gis.Tests.Web;

/// <summary>What components need to be rendered in a test, in the given language, with the product's own layers.</summary>
public sealed class PageContext : BunitContext
{
    /// <param name="source">The database; without one, what asks it fails.</param>
    /// <param name="isEditable">Features may be changed.</param>
    public PageContext(string language = "zh", NpgsqlDataSource? source = null, bool isEditable = false)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new(language);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLocalization();
        Services.AddLogging();
        Services.AddMudServices();
        Services.AddSingleton(PostGisDatabase.Catalog);
        var options = new GisWebOptions { ConnectionString = "", LayerFolders = [] };
        Services.AddSingleton(options).AddSingleton(TimeProvider.System);
        Services.AddSingleton<FieldText>();
        Services.AddSingleton<LiveLayers>();
        Services.AddSingleton<DatabaseOutage>();
        Services.AddSingleton(source ?? Connections.Open("Host=/nowhere")).AddSingleton<CallerDatabase>();
        Services.AddSingleton<FeatureStore>().AddSingleton<SpineTree>().AddSingleton<LayerStatistics>().AddSingleton<JurisdictionNames>();
        Services.AddOgc(new() { IsEditable = isEditable }).AddFeaturePanels().AddViews().AddCameras(options).AddSearch().AddCases().AddCommand();
        Services.AddSingleton(new ExportOptions { Limit = 1_000 });
    }

    public static LayerDefinition Layer(string id) => PostGisDatabase.Catalog.Find(id)!;
}
