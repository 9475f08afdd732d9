using System.Globalization;
using System.Net;
using CityOps.Gis.Web.Commands;

namespace CityOps.Gis.Web.Safety;

/// <summary>How this process guards itself, as the environment says. Secrets are in files that the environment names, never in the tree.</summary>
public static class SafetySettings
{
    public const string Certificate = "CITYOPS_CERTIFICATE", Key = "CITYOPS_CERTIFICATE_KEY", PasswordFile = "CITYOPS_CERTIFICATE_PASSWORD_FILE";
    public const string Hosts = "CITYOPS_HOSTS", Proxies = "CITYOPS_PROXIES", Rate = "CITYOPS_RATE", Connections = "CITYOPS_CONNECTIONS", Unencrypted = "CITYOPS_UNENCRYPTED";

    /// <param name="urls">Addresses to listen on, separated by semicolons.</param>
    /// <exception cref="CommandException">
    /// A setting cannot be used, an address begins with https and there is no certificate, or passwords would cross a network in the clear and nobody said that they may.
    /// </exception>
    public static SafetyOptions Read(string urls)
    {
        var certificate = ReadCertificate();
        if (certificate is null && urls.Contains("https://", StringComparison.OrdinalIgnoreCase))
            throw new CommandException(new($"{urls} 需要证书：请以 {Certificate} 指定 PEM 或 PFX 文件。", $"{urls} needs a certificate: name a PEM or PFX file by {Certificate}."));
        var options = new SafetyOptions
        {
            Certificate = certificate, Hosts = List(Hosts), Proxies = ReadProxies(), RateFactor = ReadRate(),
            Connections = ReadConnections() is { } most ? new() { Most = most } : new(),
        };
        return !IsOpenToEavesdroppers(urls, options) || AllowsUnencrypted ? options : throw new CommandException(new(
            $"在 {urls} 上，密码与数据会以明文经过网络。请以 {Certificate} 设置证书并使用 https://，或置于带 TLS 的反向代理之后（{Proxies}）；网络本身可信时，设 {Unencrypted}=yes。",
            $"At {urls} passwords and data would cross the network in the clear. Set a certificate ({Certificate}) and use https://, or put a proxy with TLS in front ({Proxies}); where the network itself is trusted, set {Unencrypted}=yes."));
    }

    /// <summary>Did whoever set this up say that passwords and keys may cross the network in the clear?</summary>
    public static bool AllowsUnencrypted => Environment.GetEnvironmentVariable(Unencrypted) switch
    {
        null or "" or "no" => false,
        "yes" => true,
        { } text => throw new CommandException(new($"{Unencrypted}=“{text}”应为 yes 或 no。", $"{Unencrypted}='{text}' should be yes or no.")),
    };

    /// <summary>Would people's passwords cross a network in the clear?</summary>
    public static bool IsOpenToEavesdroppers(string urls, SafetyOptions options)
        => options.Proxies.Count == 0 && urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Any(url => url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsLoopback(url)) && options.Certificate is null;

    static bool IsLoopback(string url)
        => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));

    static CertificateFiles? ReadCertificate()
    {
        if (Environment.GetEnvironmentVariable(Certificate) is not { Length: > 0 } path)
            return null;
        var (key, password) = (Environment.GetEnvironmentVariable(Key), Environment.GetEnvironmentVariable(PasswordFile));
        var files = new CertificateFiles(Existing(Certificate, path), string.IsNullOrEmpty(key) ? null : Existing(Key, key), string.IsNullOrEmpty(password) ? null : File.ReadAllText(Existing(PasswordFile, password)).TrimEnd('\r', '\n'));
        ServerCertificate.Load(files);
        return files;
    }

    static string Existing(string setting, string path)
        => File.Exists(path) ? path : throw new CommandException(new($"没有文件 {path}（{setting}）。", $"There is no file {path} ({setting})."));

    static string[] ReadProxies()
    {
        var proxies = List(Proxies);
        if (Array.Find(proxies, proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)) is { } bad)
            throw new CommandException(new($"{Proxies} 中的“{bad}”不是地址，也不是网段（10.0.0.0/8）。", $"'{bad}' in {Proxies} is neither an address nor a network (10.0.0.0/8)."));
        return proxies;
    }

    static double ReadRate() => Environment.GetEnvironmentVariable(Rate) switch
    {
        null or "" => 1,
        "off" => 0,
        { } text when double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is > 0 and <= 1000 => factor,
        { } text => throw new CommandException(new($"{Rate}=“{text}”应为 off，或大于 0、不超过 1000 的倍数。", $"{Rate}='{text}' should be off, or a factor above 0 and up to 1000.")),
    };

    static int? ReadConnections() => Environment.GetEnvironmentVariable(Connections) switch
    {
        null or "" => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 => most,
        { } text => throw new CommandException(new($"{Connections}=“{text}”不是大于零的连接数。", $"{Connections}='{text}' is not a number of connections above zero.")),
    };

    static string[] List(string setting)
        => (Environment.GetEnvironmentVariable(setting) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
