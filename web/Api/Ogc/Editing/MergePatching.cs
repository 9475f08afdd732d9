using System.Text.Json.Nodes;

namespace CityOps.Gis.Web.Api.Ogc.Editing;

/// <summary>JSON Merge Patch (RFC 7396, 2).</summary>
static class MergePatching
{
    /// <summary>The target with the patch on it: members that are null in the patch go, objects are merged, anything else is replaced.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var merged = target is JsonObject before ? (JsonObject)before.DeepClone() : [];
        foreach (var (name, value) in changes)
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = Apply(merged[name], value);
        return merged;
    }
}
