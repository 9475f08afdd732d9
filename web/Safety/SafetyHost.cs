using System.Net;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;

namespace CityOps.Gis.Web.Safety;

/// <summary>Puts the guards of the server in their places; see <c>src/docs/security.md</c>.</summary>
public static class SafetyHost
{
    // As HeatScan has it.
    const int ThreadsOfAnAnalysis = 2;
    static readonly TimeSpan HstsAge = TimeSpan.FromDays(365);

    public static IServiceCollection AddSafety(this IServiceCollection services, SafetyOptions options)
    {
        services.AddSingleton(options).AddSingleton<ContentPolicy>().AddSingleton<OverloadGates>().AddSingleton<CircuitPace>();
        services.AddRateLimits(options);
        services.Configure<HstsOptions>(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (HstsAge, false));
        services.Configure<HttpsRedirectionOptions>(redirection => redirection.RedirectStatusCode = StatusCodes.Status308PermanentRedirect);
        services.Configure<CookiePolicyOptions>(cookies => (cookies.Secure, cookies.HttpOnly) = (CookieSecurePolicy.SameAsRequest, HttpOnlyPolicy.Always));
        services.Configure<CircuitOptions>(circuits => circuits.DetailedErrors = false);
        services.Configure<ExceptionHandlerOptions>(faults => faults.StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError);
        if (options.Hosts.Count > 0)
            services.PostConfigure<HostFilteringOptions>(hosts => hosts.AllowedHosts = [.. options.Hosts]);
        return services;
    }

    /// <summary>First of all: who asks, and by which scheme; what answers bear; who is let in.</summary>
    public static void UseSafety(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<SafetyOptions>();
        KeepThreads(options);
        if (options.Proxies.Count > 0)
            app.UseForwardedHeaders(Behind(options.Proxies));
        app.UseMiddleware<SecurityHeaders>();
        // Told only in answers to HTTPS (RFC 6797, 7.2), which may be a proxy's.
        if (options.Certificate is not null || options.Proxies.Count > 0)
            app.UseHsts();
        if (options.Certificate is not null)
            Encrypt(app);
        app.UseMiddleware<SameOriginWrites>();
        app.UseMiddleware<BodyLimits>();
        app.UseMiddleware<BodyFirst>();
        app.UseMiddleware<Overload>();
        app.UseMiddleware<TimeLimits>();
        app.UseWhen(context => RequestClasses.Of(context.Request) is RequestClass.Page or RequestClass.SignIn, pages => pages.UseCookiePolicy());
    }

    // An analysis holds threads of the pool while it counts. With no more threads than processors, whoever asks for a tile or for health would wait until it is done.
    static void KeepThreads(SafetyOptions options)
    {
        ThreadPool.GetMinThreads(out var workers, out var others);
        var counting = ThreadsOfAnAnalysis * (options.Limits.GetValueOrDefault(RequestClass.Analysis)?.AtOnce ?? 0);
        ThreadPool.SetMinThreads(Math.Max(workers, Environment.ProcessorCount + counting), others);
    }

    // A load balancer on the same machine asks for health without encryption.
    static void Encrypt(WebApplication app)
        => app.UseWhen(context => RequestClasses.Of(context.Request) != RequestClass.Health, rest => rest.UseHttpsRedirection());

    static ForwardedHeadersOptions Behind(IReadOnlyList<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            if (IPAddress.TryParse(proxy, out var address))
                options.KnownProxies.Add(address);
            else
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        return options;
    }
}
