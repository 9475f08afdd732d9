using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace CityOps.Gis.Web;

/// <summary>
/// Language of the pages: <c>?lang=</c>, then the cookie, then what the browser asks for, else Chinese. The query's choice is kept in the cookie, as the
/// circuit's own requests do not carry the page's query.
/// </summary>
public sealed class UiLanguage(RequestDelegate next)
{
    public const string QueryKey = "lang";
    const string Cookie = "cityops.lang";
    static readonly string[] Languages = ["zh", "en"];

    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "zh";

    /// <summary>Words or titles one after the other, as the language of the page separates them.</summary>
    public static string List(IEnumerable<string> words) => string.Join(Current == "zh" ? "、" : ", ", words);

    /// <summary>Sentences or parts of them one after the other.</summary>
    public static string Parts(IEnumerable<string> parts) => string.Join(Current == "zh" ? "；" : "; ", parts);

    /// <summary>What is said under a heading: <c>名称：路灯</c>, <c>Name: lamp</c>.</summary>
    public static string Headed(string? heading, string? what) => heading is null ? what ?? "" : Current == "zh" ? $"{heading}：{what}" : $"{heading}: {what}";

    /// <summary>An address with all its parameters, in a language.</summary>
    public static string In(string uri, string language)
    {
        var address = new Uri(uri);
        var others = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => !part.StartsWith(QueryKey + "=", StringComparison.Ordinal));
        return $"{address.AbsolutePath}?{string.Join('&', others.Append($"{QueryKey}={language}"))}";
    }

    public static void Configure(RequestLocalizationOptions options)
    {
        options.SetDefaultCulture("zh").AddSupportedCultures(Languages).AddSupportedUICultures(Languages);
        options.RequestCultureProviders =
        [
            new QueryStringRequestCultureProvider { QueryStringKey = QueryKey, UIQueryStringKey = QueryKey },
            new CookieRequestCultureProvider { CookieName = Cookie },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Query[QueryKey].ToString() is { Length: > 0 } asked && Languages.Contains(asked))
            context.Response.Cookies.Append(
                Cookie,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(asked)),
                new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true, HttpOnly = true });
        return next(context);
    }
}
