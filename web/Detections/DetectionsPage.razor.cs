using CityOps.Gis.Detections;
using CityOps.Gis.Layers;
using CityOps.Gis.PostGis.Detections;
using CityOps.Gis.Web.Cameras;
using CityOps.Gis.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;

namespace CityOps.Gis.Web.Detections;

/// <summary>What recognisers saw, as a queue: one after the other is looked at and decided, with the keyboard alone. What is asked for and what is open stand in the address.</summary>
public sealed partial class DetectionsPage(IStringLocalizer<CameraText> texts, NavigationManager navigation, DetectionList list, LayerCatalog catalog, CameraWords words)
{
    // Where none is open, the next one is the first.
    const string Following = ".detail [data-next], [data-has-detail=false] [data-scene-row]", Preceding = ".detail [data-before]";
    static readonly Dictionary<string, string> Keys = new() { ["y"] = "[data-confirm]", ["n"] = "[data-reject]", ["j"] = Following, ["k"] = Preceding, ["ArrowRight"] = Following, ["ArrowLeft"] = Preceding };
    DetectionsAddress _address = new(new DetectionQuestion(DetectionState.Waiting));
    IReadOnlyDictionary<DetectionState, long> _counts = new Dictionary<DetectionState, long>();
    IReadOnlyDictionary<string, long> _dropped = new Dictionary<string, long>();
    IReadOnlyList<SeenScene>? _scenes;
    SeenScene? _done;

    IStringLocalizer<CameraText> Text => texts;
    IEnumerable<string> Kinds => catalog.Lists.Find("detection-kinds")?.Entries.Select(entry => entry.Code) ?? [];

    protected override TimeSpan Interval => TimeSpan.FromSeconds(10);

    protected override void Leave() => navigation.LocationChanged -= AddressChanged;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += AddressChanged;
        _address = DetectionsAddress.Parse(navigation.Uri);
        await Read();
    }

    protected override async Task Look()
    {
        await Read();
        StateHasChanged();
    }

    async Task Read()
    {
        var address = _address;
        var (counts, scenes) = (await list.Counts(address.Question, Closing), address.ShowsRules ? [] : await list.List(address.Question, Closing));
        var dropped = address.ShowsRules ? await list.Dropped(Closing) : _dropped;
        if (address == _address)
            (_counts, _scenes, _dropped) = (counts, scenes, dropped);
    }

    // The one after, or before, the one that is open.
    long? Beside(int by)
    {
        var scenes = _scenes ?? [];
        var at = scenes.Index().FirstOrDefault(one => one.Item.Fid == _address.Scene, (-1, null!)).Index;
        return at >= 0 && at + by >= 0 && at + by < scenes.Count ? scenes[at + by].Fid : null;
    }

    void Go(long? fid)
    {
        if (fid is not null)
            navigation.NavigateTo((_address with { Scene = fid }).ToString());
    }

    async Task Decided(SeenScene scene)
    {
        var next = Beside(1) ?? Beside(-1);
        _done = scene;
        navigation.NavigateTo((_address with { Scene = next }).ToString());
        await Read();
    }

    void ChooseKind(ChangeEventArgs change)
        => navigation.NavigateTo(new DetectionsAddress(_address.Question with { Kind = change.Value as string is { Length: > 0 } kind ? kind : null }).ToString());

    void AddressChanged(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(async () =>
    {
        if (new Uri(change.Location).AbsolutePath != DetectionsAddress.Path)
            return;
        _address = DetectionsAddress.Parse(change.Location);
        StateHasChanged();
        await Read();
        StateHasChanged();
    });
}
