namespace CityOps.Gis.Web.Commands.Doctor;

/// <summary>Which installation is to be looked at.</summary>
/// <param name="Urls">Addresses it serves or would serve, separated by semicolons.</param>
/// <param name="Folders">Whose disks matter: a stable name, what is there, and the folder.</param>
/// <param name="EngineBytes">Memory that layers may take as set; null = the usual half.</param>
public sealed record DoctorQuestion(string Urls, IReadOnlyList<(string Id, string Zh, string En, string Folder)> Folders, long? EngineBytes);
