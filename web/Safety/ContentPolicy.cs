namespace CityOps.Gis.Web.Safety;

/// <summary>
/// Content Security Policies (CSP 3). A page runs scripts of this server only, none that stands in the document and none that is made of text; it talks to this server
/// only, and nobody frames it. Pictures of base maps come through this server, so that no other origin is named.
/// </summary>
/// <param name="theme">Null where the host has no pages.</param>
sealed class ContentPolicy(ThemeStyles? theme = null)
{
    /// <summary>For what is no page: nothing runs, whatever a browser takes it for. Reports bear their own style.</summary>
    public const string Documents = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    string? _pages;

    /// <summary>
    /// For pages. Components place things by style attributes, which hold no scripts and reach no other origin (<c>img-src</c> binds them), so these are allowed;
    /// style sheets in the document are only the theme's.
    /// </summary>
    public async ValueTask<string> Pages()
    {
        if (_pages is { } known)
            return known;
        if (theme is null)
            return Documents;
        var themes = string.Join(' ', await theme.Hashes);
        return _pages = $"default-src 'none'; script-src 'self'; style-src 'self' {themes}; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
            + "manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
