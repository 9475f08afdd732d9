using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CityOps.Gis.Web.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Hashes of the style sheets that the pages' theme writes into the document. They are the same for everybody, so the policy can name them instead of allowing any.
/// </summary>
sealed partial class ThemeStyles(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    readonly Lazy<Task<IReadOnlyList<string>>> _hashes = new(() => Render(scopes, logs));

    /// <summary>As a policy names them: <c>'sha256-…'</c> (CSP 3, 2.3.1).</summary>
    public Task<IReadOnlyList<string>> Hashes => _hashes.Value;

    static async Task<IReadOnlyList<string>> Render(IServiceScopeFactory scopes, ILoggerFactory logs)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MudThemeProvider.Theme)] = Look.Theme });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString());
        return [.. Sheet().Matches(html).Select(sheet => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet.Groups[1].Value.ReplaceLineEndings("\n"))))}'")];
    }

    [GeneratedRegex("<style[^>]*>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Sheet();
}
