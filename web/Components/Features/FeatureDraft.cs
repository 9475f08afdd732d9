using CityOps.Gis.Layers;
using CityOps.Gis.Leaflet;
using CityOps.Gis.Web.Api.Ogc.Editing;
using NetTopologySuite.Geometries;

namespace CityOps.Gis.Web.Components.Features;

/// <summary>
/// A feature on a form: what it was when it was read, and what a person has written over it. Texts are as the API has them: days as <c>2026-01-31</c>, times in UTC as
/// RFC 3339 writes them, lists with semicolons.
/// </summary>
/// <param name="hash">Of the version it was read from; it is saved only onto this one.</param>
sealed class FeatureDraft(LayerDefinition layer, FeatureInput read, string hash)
{
    const double SameDegrees = 1e-8;
    readonly Dictionary<string, string?> _written = [];
    readonly Stack<Geometry?> _before = [];
    Geometry? _place;

    /// <summary>Version that the draft is made from.</summary>
    public string Hash => hash;

    /// <summary>Degrees (EPSG:4490), longitude first.</summary>
    public Geometry? Geometry => _place ?? read.Geometry;

    public bool IsMoved => _place is not null;

    public bool IsChanged => _place is not null || _written.Count > 0;

    /// <summary>As the API takes it: every field, those that were not touched as they were.</summary>
    public FeatureInput Input => new(Geometry, layer.StoredFields.ToDictionary(one => one.Name, one => this[one.Name]));

    /// <summary>A field's text; null where it is empty. What is put back as it was counts as untouched.</summary>
    public string? this[string name]
    {
        get => _written.TryGetValue(name, out var text) ? text : Read(name);
        set
        {
            var text = string.IsNullOrWhiteSpace(value) ? null : value.Trim();
            if (text == Read(name))
                _written.Remove(name);
            else
                _written[name] = text;
        }
    }

    /// <summary>Is there a step with a corner to be taken back?</summary>
    public bool HasSteps => _before.Count > 0;

    /// <summary>Puts a point elsewhere; back to where it was, to the eighth digit, is no change.</summary>
    public void MoveTo(double longitude, double latitude) => _place = Unless(new Point(longitude, latitude));

    /// <summary>Changes a corner of a line or polygon; false where that cannot be, and nothing is changed.</summary>
    public bool Change(CornerChange change)
    {
        if (Geometry is null || CornerRuns.After(Geometry, change) is not { } changed)
            return false;
        _before.Push(_place);
        _place = Unless(changed);
        return true;
    }

    /// <summary>Takes the last step with a corner back.</summary>
    public void Undo() => _place = _before.Count > 0 ? _before.Pop() : _place;

    /// <summary>Takes all steps with corners back.</summary>
    public void PutBack()
    {
        _place = null;
        _before.Clear();
    }

    /// <summary>What was written here, over a newer version of the feature.</summary>
    public FeatureDraft Onto(FeatureDraft newer)
    {
        foreach (var (field, text) in _written)
            newer[field] = text;
        newer._place = _place is null ? null : newer.Unless(_place);
        return newer;
    }

    /// <summary>Fields in which a newer version differs from the one this was made from.</summary>
    public IEnumerable<LayerField> ChangedIn(FeatureDraft newer) => layer.StoredFields.Where(field => Read(field.Name) != newer.Read(field.Name));

    Geometry? Unless(Geometry place) => read.Geometry is { } was && place.EqualsExact(was, SameDegrees) ? null : place;

    string? Read(string field) => read.Properties.GetValueOrDefault(field) is { Length: > 0 } text ? text : null;
}
