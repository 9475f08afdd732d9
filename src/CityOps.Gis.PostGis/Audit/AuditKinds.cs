using System.Text.RegularExpressions;

namespace CityOps.Gis.PostGis.Audit;

/// <summary>Names of <see cref="AuditKind"/>s as they are stored and stand in addresses.</summary>
public static partial class AuditKinds
{
    static readonly Dictionary<AuditKind, string> s_names = Enum.GetValues<AuditKind>().ToDictionary(kind => kind, kind => Humps().Replace(kind.ToString(), "-$1").ToLowerInvariant());
    static readonly Dictionary<string, AuditKind> s_kinds = s_names.ToDictionary(one => one.Value, one => one.Key);

    public static string Name(AuditKind kind) => s_names[kind];

    public static AuditKind? Find(string? name) => name is not null && s_kinds.TryGetValue(name, out var kind) ? kind : null;

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Humps();
}
