namespace CityOps.Gis.Web.Safety;

/// <summary>Where the server's certificate lies: a PEM file with its chain and one with its key, or a PFX file with both.</summary>
public sealed record CertificateFiles(string Path, string? KeyPath, string? Password);
