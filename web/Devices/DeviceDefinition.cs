using System.Text.Json.Nodes;
using CityOps.Gis.Layers;
using CityOps.Gis.Web.Api.Ogc.Definition;

namespace CityOps.Gis.Web.Devices;

/// <summary>The definition of the devices' addresses (OpenAPI 3.0.3), at <c>/api/devices/definition</c>: a document of its own, as these lie beside the OGC API.</summary>
static class DeviceDefinition
{
    const string Root = "/api/devices", Text = "string", Whole = "integer", Moment = "date-time";

    /// <param name="server">Scheme, host and what stands before all paths.</param>
    public static JsonObject Document(string server) => new()
    {
        ["openapi"] = "3.0.3",
        ["info"] = new JsonObject { ["title"] = new LocalText("设备接口", "Devices").In(UiLanguage.Current), ["version"] = typeof(DeviceDefinition).Assembly.GetName().Version?.ToString(3) ?? "1.0.0" },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = server }),
        ["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() }),
        ["tags"] = new JsonArray(new JsonObject { ["name"] = "Devices", ["description"] = new LocalText("设备", "Devices").In(UiLanguage.Current) }),
        ["paths"] = Paths(),
        ["components"] = new JsonObject
        {
            ["responses"] = OpenApiResponses.All(), ["schemas"] = OpenApiResponses.Schemas(),
            ["securitySchemes"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key" } },
        },
    };

    static JsonObject Paths() => new()
    {
        [Root] = At("get", Reads("getDevices", new("当前状态", "Devices as they stand now"), Query("state", Text), Query("kind", Text), Query("area", Text), Query("q", Text), Query("page", Whole))),
        [Root + "/kinds"] = At("get", Reads("getDeviceKinds", new("设备类型", "Kinds of devices"))),
        [Root + "/{fid}"] = At("get", Reads("getDevice", new("一台设备的当前状态", "A device as it stands now"), Path("fid", Whole))),
        [Root + "/{fid}/readings"] = At("get", Reads("getReadings", new("一台设备的测值，最近的在前", "Readings of a device, the latest first"), Path("fid", Whole), Time("from"), Time("to"), Query("limit", Whole))),
        [Root + "/{fid}/curve"] = At("get", Reads("getCurve", new("一个测量项在一段时间内的均值和极值", "Means and extremes of a quantity over a time"), Path("fid", Whole), Query("quantity", Text, isRequired: true), Time("from"), Time("to"), Query("steps", Whole))),
        [Root + "/alarms"] = At("get", Reads("getAlarms", new("报警，未解除的在前", "Alarms, the open ones first"), Query("open", "boolean"), Query("device", Whole))),
        [Root + "/alarms/{id}/acknowledge"] = At("post", Writes("acknowledgeAlarm", new("确认报警", "Acknowledge an alarm"), "204", "Removed", isBodyRequired: false, Path("id", Whole))),
        [Root + "/readings/{deviceId}"] = At("post", Writes("sendReadings", new("发送设备数据", "Send what a device measured"), "200", "Document", isBodyRequired: true, Path("deviceId", Text))),
    };

    static JsonObject At(string method, JsonObject operation) => new() { [method] = operation };

    static JsonObject Reads(string id, LocalText summary, params JsonObject[] parameters) => Operation(id, summary, "200", "Document", parameters);

    static JsonObject Writes(string id, LocalText summary, string status, string response, bool isBodyRequired, params JsonObject[] parameters)
    {
        var operation = Operation(id, summary, status, response, parameters);
        foreach (var refusal in new[] { "403", "422" })
            operation["responses"]![refusal] = OpenApiResponses.Reference("Problem");
        operation["requestBody"] = new JsonObject { ["required"] = isBodyRequired, ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = OpenApiResponses.Schema("Document") } } };
        return operation;
    }

    static JsonObject Operation(string id, LocalText summary, string status, string response, JsonObject[] parameters)
    {
        var operation = OpenApi.Operation(id, "Devices", summary, response, status, []);
        foreach (var parameter in parameters)
            operation["parameters"]!.AsArray().Add(parameter);
        return operation;
    }

    static JsonObject Query(string name, string type, bool isRequired = false) => Parameter(name, "query", isRequired, new JsonObject { ["type"] = type });

    static JsonObject Path(string name, string type) => Parameter(name, "path", isRequired: true, new JsonObject { ["type"] = type });

    static JsonObject Time(string name) => Parameter(name, "query", isRequired: false, new JsonObject { ["type"] = Text, ["format"] = Moment });

    static JsonObject Parameter(string name, string at, bool isRequired, JsonObject schema) => new() { ["name"] = name, ["in"] = at, ["required"] = isRequired, ["schema"] = schema };
}
