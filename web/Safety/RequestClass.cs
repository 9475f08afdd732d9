namespace CityOps.Gis.Web.Safety;

/// <summary>What kind of work a request asks for; each kind has limits of its own, so that a cheap one never waits behind dear ones.</summary>
public enum RequestClass
{
    /// <summary>Scripts, style sheets, pictures of the program.</summary>
    File,

    /// <summary>What a load balancer or a person on duty asks.</summary>
    Health,

    /// <summary>Documents.</summary>
    Page,

    /// <summary>The connection of an open page (WebSocket, or polls where a proxy lets none through); lasts as long as the page.</summary>
    Circuit,

    /// <summary>Server-sent events of open maps; last as long as the map.</summary>
    Events,

    /// <summary>Vector tiles and pictures of base maps.</summary>
    Tile,

    /// <summary>Features, tables, searches, layers: a page of an answer.</summary>
    Question,

    /// <summary>Heat maps: a look at all features.</summary>
    Analysis,

    /// <summary>Files of features.</summary>
    Export,

    /// <summary>Chunks of deliveries.</summary>
    Upload,

    /// <summary>Parts of cameras' streams, which wait for media gateways.</summary>
    Stream,

    /// <summary>A password or a code that is tried.</summary>
    SignIn,

    /// <summary>A password that somebody is about to choose is weighed while it is typed.</summary>
    Weighing,
}
