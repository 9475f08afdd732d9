namespace CityOps.Gis.Access;

/// <summary>A role and what it allows, in this one place.</summary>
/// <param name="Id">As it is stored and stands in definitions and settings.</param>
public sealed record Role(string Id, IReadOnlySet<Permission> Permissions)
{
    public static readonly Role Administrator = new("administrator", Enum.GetValues<Permission>().ToHashSet());
    public static readonly Role Surveyor = Of("surveyor", Permission.View, Permission.Export, Permission.Edit, Permission.Import, Permission.Publish, Permission.ReportCases);
    public static readonly Role GridManager = Of("grid-manager", Permission.View, Permission.Export, Permission.Edit, Permission.WatchCameras, Permission.SeeContacts, Permission.ReportCases, Permission.InspectCases);
    public static readonly Role DepartmentOfficer = Of("department-officer", Permission.View, Permission.Export, Permission.Edit, Permission.WatchCameras, Permission.SeeContacts, Permission.ReportCases, Permission.HandleCases);
    public static readonly Role Analyst = Of("analyst", Permission.View, Permission.Export);
    public static readonly Role Viewer = Of("viewer", Permission.View);

    /// <summary>受理员.</summary>
    public static readonly Role CaseOperator = Of("case-operator", Permission.View, Permission.SeeContacts, Permission.ReportCases, Permission.RegisterCases);

    /// <summary>值班长.</summary>
    public static readonly Role ShiftLeader = Of("shift-leader", Permission.View, Permission.Export, Permission.WatchCameras, Permission.SeeContacts, Permission.ReportCases, Permission.RegisterCases, Permission.FileCases, Permission.SuperviseCases, Permission.CommandEmergencies);

    /// <summary>派遣员.</summary>
    public static readonly Role Dispatcher = Of("dispatcher", Permission.View, Permission.Export, Permission.WatchCameras, Permission.SeeContacts, Permission.DispatchCases, Permission.SuperviseCases);

    public static IReadOnlyList<Role> All { get; } = [Administrator, Surveyor, GridManager, CaseOperator, ShiftLeader, Dispatcher, DepartmentOfficer, Analyst, Viewer];

    public static Role? Find(string id) => All.FirstOrDefault(role => role.Id == id);

    static Role Of(string id, params Permission[] permissions) => new(id, permissions.ToHashSet());
}
