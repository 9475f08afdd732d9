using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Safety;

/// <summary>
/// The server's certificate with the chain that clients need, read anew when its file changes: a renewal needs no restart. A file that cannot be read leaves the one
/// in use.
/// </summary>
public sealed class ServerCertificate(CertificateFiles files, TimeProvider clock, ILogger<ServerCertificate> log)
{
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    readonly Lock _lock = new();
    SslStreamCertificateContext _current = Load(files);
    DateTime _written = File.GetLastWriteTimeUtc(files.Path);
    DateTimeOffset _looked = clock.GetUtcNow();

    /// <summary>The certificate for a connection that begins now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            if (clock.GetUtcNow() - _looked < Pause)
                return _current;
            _looked = clock.GetUtcNow();
            if (File.GetLastWriteTimeUtc(files.Path) is var written && written != _written)
                Renew(written);
            return _current;
        }
    }

    // The certificate before is not disposed of: a connection may be about to use it.
    void Renew(DateTime written)
    {
        try
        {
            (_current, _written) = (Load(files), written);
            log.LogWarning("The certificate of {Path} is in use from now on; it is good until {End:u}.", files.Path, _current.TargetCertificate.NotAfter.ToUniversalTime());
        }
        catch (CommandException fault)
        {
            log.LogError(fault, "The certificate stays as it was.");
        }
    }

    /// <exception cref="CommandException">The files do not hold a certificate with its key.</exception>
    public static SslStreamCertificateContext Load(CertificateFiles files)
    {
        try
        {
            var all = new X509Certificate2Collection();
            var isPfx = Path.GetExtension(files.Path).ToLowerInvariant() is ".pfx" or ".p12";
            if (isPfx)
                all.AddRange(X509CertificateLoader.LoadPkcs12CollectionFromFile(files.Path, files.Password));
            else
                all.ImportFromPemFile(files.Path);
            var own = isPfx ? all.FirstOrDefault(one => one.HasPrivateKey) : FromPem(files);
            // What it lacks is not fetched from the network while a client waits.
            return SslStreamCertificateContext.Create(own ?? throw new CryptographicException("There is no key."), all, offline: true);
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException(new($"无法使用证书 {files.Path}：{fault.Message}", $"The certificate {files.Path} cannot be used: {fault.Message}"));
        }
    }

    static X509Certificate2 FromPem(CertificateFiles files)
        => files.Password is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(files.Path, password, files.KeyPath ?? files.Path)
            : X509Certificate2.CreateFromPemFile(files.Path, files.KeyPath ?? files.Path);
}
