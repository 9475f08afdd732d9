using System.Globalization;
using CityOps.Gis.Layers;
using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Api.Ogc.Pages;

/// <summary>What the pages of the API share: the request they answer and the reader's language. They are made once, on the server.</summary>
public abstract class OgcPage : ComponentBase
{
    [CascadingParameter]
    public HttpContext Context { get; set; } = null!;

    protected HttpRequest Request => Context.Request;

    protected static string Say(string zh, string en) => new LocalText(zh, en).In(UiLanguage.Current);

    protected static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    protected static string Url(string path) => OgcAddress.Root + path;
}
